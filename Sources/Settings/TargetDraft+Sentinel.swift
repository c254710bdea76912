import RedisClient

/// As whom and over what to speak to the sentinels of a target.
extension TargetDraft {
    /// Without a word of their own, without a login and over TLS as the primary: to be read after its TLS.
    ///
    /// `isForSentinels`: whether the URL is; nil where it is not known.
    mutating func readSentinel(of section: Section, isForSentinels: Bool?, _ reader: inout SectionReader) {
        var access = RedisAccess(tls: settings.topology.access.tls)
        if let field = section.fields["sentinel"] {
            if isForSentinels == false { reader.complain(.sentinelOfOtherURL, about: field.key, at: field.keyMark) }
            if let section = reader.section(field.value, key: field.key, grammar: .sentinel) {
                readAccess(of: section, into: &access, &reader)
            }
        }
        guard case .sentinel(var topology) = settings.topology else { return }
        for index in topology.sentinels.indices { topology.sentinels[index].access = access }
        settings.topology = .sentinel(topology)
    }

    private mutating func readAccess(
        of section: Section, into access: inout RedisAccess, _ reader: inout SectionReader
    ) {
        passwordFiles += reader.readLogin(of: section, into: &access).map { [$0] } ?? []
        if let user = section.fields["username"], !section.hasAny(of: ["password", "password_file"]),
            !section.hasRefusedKeys
        {
            reader.complain(.sentinelUserWithoutPassword, about: user.key, at: user.value.mark)
        }
        guard let field = section.fields["tls"] else { return }
        if field.value.content == .scalar("false", quoted: false) {
            access.tls = nil
        } else if let tls = reader.tls(field) {
            access.tls = tls
        }
    }
}
