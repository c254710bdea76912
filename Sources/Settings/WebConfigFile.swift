import Crypto
import HTTPServer
import Platform

/// A web configuration, checked together with the files of certificates that it names.
struct WebConfigFile {
    private(set) var config = WebConfig()
    private(set) var warnings: [SettingsProblem] = []
    private(set) var problems: [SettingsProblem] = []

    /// Plain HTTP, for everybody.
    init() {}

    /// Reads the file; what is wrong with it, or that it cannot be read, is among the problems.
    init(path: String, readFile: FileContents.Reader) {
        do throws(FileReadError) {
            read(try readFile(path), path: path)
        } catch {
            let origin = SettingsOrigin.file(path: path, mark: nil, key: "")
            problems = [SettingsProblem(origin: origin, complaint: .unreadable(error))]
        }
    }

    private mutating func read(_ bytes: [UInt8], path: String) {
        var reader = SectionReader(path: path)
        do throws(YAMLError) {
            let root = try YAMLNode(parsing: bytes)
            if let top = reader.section(root, key: "", grammar: .webConfig) {
                config.tls = reader.webTLS(of: top)
                readHTTP(of: top, &reader)
                readUsers(of: top, &reader)
                readRateLimit(of: top, &reader)
            }
        } catch {
            reader.complain(.yaml(error.fault), about: "", at: error.mark)
        }
        warnings = reader.warnings
        problems = reader.problems
    }

    private mutating func readHTTP(of top: Section, _ reader: inout SectionReader) {
        guard let field = top.fields["http_server_config"],
            let section = reader.section(field.value, key: field.key, grammar: .webHTTP)
        else { return }
        var http2 = false
        reader.read("http2", of: section, into: &http2) { node throws(Complaint) in try node.boolean() }
        if http2, let field = section.fields["http2"] {
            reader.warn(.web(.http2), about: field.key, at: field.value.mark)
        }
        guard let field = section.fields["headers"],
            let headers = reader.section(field.value, key: field.key, grammar: .webHeaders)
        else { return }
        for (name, field) in headers.fields {
            reader.read(field, into: &config.headers[name]) { node throws(Complaint) in
                // An empty one is not sent.
                if node.isNull { return nil }
                let value = try node.plainText()
                let choices: [String: [String]] = [
                    "X-Frame-Options": ["deny", "sameorigin"], "X-Content-Type-Options": ["nosniff"],
                ]
                if let choices = choices[name], !choices.contains(value) { throw .web(.headerValue(choices)) }
                return value
            }
        }
    }

    private mutating func readUsers(of top: Section, _ reader: inout SectionReader) {
        let users = reader.entries("basic_auth_users", of: top) { name throws(Complaint) in
            let isBroken = name.unicodeScalars.contains { $0 == ":" || $0.properties.generalCategory == .control }
            if name.isEmpty || isBroken { throw .web(.userName) }
        }
        for (name, field) in users {
            reader.read(field, into: &config.users[name]) { node throws(Complaint) in
                let text = try node.text()
                do throws(BcryptFault) {
                    return try BcryptHash(parsing: text)
                } catch {
                    throw .web(.password(error))
                }
            }
        }
    }

    private mutating func readRateLimit(of top: Section, _ reader: inout SectionReader) {
        guard let field = top.fields["rate_limit"],
            let section = reader.section(field.value, key: field.key, grammar: .rateLimit)
        else { return }
        var interval = Duration.zero
        var burst = 0
        reader.read("interval", of: section, into: &interval) { node throws(Complaint) in
            // A bare 0, as the format has it for no limit.
            if case .scalar("0", quoted: false) = node.content { return .zero }
            return try node.duration(in: .milliseconds(1) ... .seconds(86_400), example: .milliseconds(100))
        }
        reader.read("burst", of: section, into: &burst) { node throws(Complaint) in
            try node.number(in: 1...1_000_000, example: 20)
        }
        if section.fields["burst"] != nil, section.fields["interval"] == nil {
            reader.complain(.web(.noInterval), about: section.path(to: "interval"), at: section.mark)
        }
        guard interval > .zero else { return }
        if section.fields["burst"] == nil {
            reader.complain(.web(.noBurst), about: section.path(to: "burst"), at: section.mark)
        }
        config.rateLimit = RateLimit(interval: interval, burst: burst)
    }
}
