import Crypto
import Platform

extension SectionReader {
    /// How the pages are served over TLS; nil where the file says nothing of it, or nothing good.
    ///
    /// The files are opened: without them nothing is served.
    mutating func webTLS(of top: Section) -> TLSServerSettings? {
        guard let field = top.fields["tls_server_config"],
            let section = section(field.value, key: field.key, grammar: .webTLS), !section.fields.isEmpty
        else { return nil }
        let before = problems.count
        let certificate = requiredMaterial("cert", of: section, holds: "certificate")
        let key = requiredMaterial("key", of: section, holds: "key")
        let authorities = material("client_ca", of: section, holds: "certificate")
        guard let certificate, let key else { return nil }
        var settings = TLSServerSettings(certificate: certificate, key: key)
        settings.clientAuthorities = authorities
        readClients(of: section, into: &settings)
        readVersions(of: section, into: &settings)
        readSuites(of: section, into: &settings)
        guard problems.count == before, !section.hasRefusedKeys else { return nil }
        do throws(TLSError) {
            _ = try TLSServerCredentials(settings)
        } catch {
            if let source = source(of: error, in: section, settings) {
                complain(.web(.files(error)), about: source.key, at: source.keyMark)
            } else {
                complain(.web(.files(error)), about: field.key, at: field.keyMark)
            }
        }
        return settings
    }

    /// What names the file, or the list, that is of no use; nil: it is all of them together.
    private func source(of error: TLSError, in section: Section, _ settings: TLSServerSettings) -> Section.Field? {
        // In the order in which they are read: of a file that is named twice the first is meant.
        let materials =
            [("cert", settings.certificate), ("key", settings.key)]
            + [settings.clientAuthorities].compactMap(\.self).map { ("client_ca", $0) }
        let name: String?
        switch error {
        case .unreadableFile(let path, _): name = materials.first { $0.1.name == path }?.0
        case .invalidFile(let path, lacks: "certificate", _):
            name = materials.first { $0.0 != "key" && $0.1.name == path }?.0
        case .invalidFile, .encryptedKey, .keyMismatch: name = "key"
        case .noUsableSuite: return section.fields["cipher_suites"]
        default: name = nil
        }
        return name.flatMap { section.fields["\($0)_file"] ?? section.fields[$0] }
    }

    private mutating func readClients(of section: Section, into settings: inout TLSServerSettings) {
        read("client_auth_type", of: section, into: &settings.clients) { node throws(Complaint) in
            if node.isNull { return .none }
            let word = try node.text()
            // The name that it had before.
            return word == "RequireClientCert" ? .requireAny : try ChoiceText.parse(word)
        }
        let rule = settings.clients
        let authorities = section.fields["client_ca_file"] ?? section.fields["client_ca"]
        if let authorities, rule == .none {
            complain(.web(.authoritiesWithoutRule), about: authorities.key, at: authorities.keyMark)
        }
        if rule.verifies, authorities == nil, let field = section.fields["client_auth_type"] {
            complain(.web(.ruleWithoutAuthorities(rule)), about: field.key, at: field.value.mark)
        }
        guard let field = section.fields["client_allowed_sans"] else { return }
        if !rule.requires { complain(.web(.namesWithoutRequirement), about: field.key, at: field.keyMark) }
        var names: [String] = []
        readList("client_allowed_sans", of: section, meant: .names, into: &names) { node throws(Complaint) in
            try node.plainText()
        }
        settings.clientNames = names
    }

    private mutating func readVersions(of section: Section, into settings: inout TLSServerSettings) {
        read("min_version", of: section, into: &settings.leastVersion) { node throws(Complaint) in
            try ChoiceText.parse(node.text())
        }
        read("max_version", of: section, into: &settings.greatestVersion) { node throws(Complaint) in
            try ChoiceText.parse(node.text())
        }
        let (least, greatest) = (settings.leastVersion, settings.greatestVersion)
        if least > greatest, let field = section.fields["max_version"] ?? section.fields["min_version"] {
            complain(.web(.versionsCrossed(least: least, greatest: greatest)), about: field.key, at: field.value.mark)
        }
    }

    private mutating func readSuites(of section: Section, into settings: inout TLSServerSettings) {
        read("prefer_server_cipher_suites", of: section, into: &settings.prefersOwnOrder) { node throws(Complaint) in
            try node.boolean()
        }
        readList(
            "curve_preferences", of: section, meant: .names, mayBeEmpty: true, into: &settings.curves
        ) { node throws(Complaint) in try ChoiceText.parse(node.text()) }
        readList(
            "cipher_suites", of: section, meant: .names, mayBeEmpty: true, into: &settings.cipherSuites
        ) { node throws(Complaint) in
            let name = try node.text()
            if let suite = TLSCipherSuite.named(name) { return suite }
            let names = TLSCipherSuite.all.map(\.name)
            throw .notOneOf(names, Excerpt(name), nearest: Suggestion.nearest(to: name, among: names))
        }
        let suites = settings.cipherSuites
        guard !suites.isEmpty, let field = section.fields["cipher_suites"] else { return }
        if let implied = TLSCipherSuite.implied(by: suites) {
            complain(.web(.impliedSuite(implied)), about: field.key, at: field.keyMark)
        }
        if settings.greatestVersion == .tls13, !suites.contains(where: \.isForTLS13) {
            complain(.web(.noSuiteOfTLS13), about: field.key, at: field.keyMark)
        }
    }

    private mutating func requiredMaterial(_ name: String, of section: Section, holds: String) -> TLSMaterial? {
        if !section.hasAny(of: [name, "\(name)_file"]), !section.hasRefusedKeys {
            complain(.missingEither("\(name)_file", name), about: section.key, at: section.mark)
        }
        return material(name, of: section, holds: holds)
    }

    /// What stands under the key itself, or in the file that its sibling names.
    private mutating func material(_ name: String, of section: Section, holds: String) -> TLSMaterial? {
        let file = filePath("\(name)_file", of: section)
        guard let field = section.fields[name] else { return file.map { .file($0) } }
        if section.fields["\(name)_file"] != nil {
            complain(.second(holds, with: "\(name)_file"), about: field.key, at: field.keyMark)
        }
        if name == "key" {
            warn(.secretInFile("a private key", apart: "key_file"), about: field.key, at: field.keyMark)
        }
        var text: TLSMaterial?
        read(field, into: &text) { node throws(Complaint) in
            .text(Secret(Array(try node.text().utf8)), name: field.key)
        }
        return text
    }
}
