import Crypto
import Platform

extension SectionReader {
    /// How TLS is spoken, as a section says; nil where it is no section.
    ///
    /// The files are not opened: they may be replaced at any time, and are read for each connection.
    mutating func tls(_ field: Section.Field) -> TLSSettings? {
        guard let section = section(field.value, key: field.key, grammar: .tls) else { return nil }
        var settings = TLSSettings(
            caFile: filePath("ca_file", of: section), certificateFile: filePath("cert_file", of: section),
            keyFile: filePath("key_file", of: section))
        read("server_name", of: section, into: &settings.serverName) { node throws(Complaint) in
            let name = try node.text(.serverName)
            guard HostText.isNameOrIPv4(name) || HostText.isIPv6(name) else { throw .notA(.serverName, Excerpt(name)) }
            return name
        }
        read("insecure_skip_verify", of: section, into: &settings.skipsVerification) { node throws(Complaint) in
            try node.boolean()
        }
        if let key = section.fields["key_file"], section.fields["cert_file"] == nil, !section.hasRefusedKeys {
            complain(.keyWithoutCertificate, about: key.key, at: key.keyMark)
        }
        if settings.skipsVerification { warnOfUnverified(section) }
        return settings
    }

    private mutating func warnOfUnverified(_ section: Section) {
        if let field = section.fields["insecure_skip_verify"] {
            warn(.unverified, about: field.key, at: field.keyMark)
        }
        if let field = section.fields["ca_file"] {
            warn(.unusedAuthorities, about: field.key, at: field.keyMark)
        }
    }
}
