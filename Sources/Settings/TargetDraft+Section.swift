import RedisClient
import StreamModel

/// A target out of the file.
extension TargetDraft {
    /// Where the URL is missing or wrong, the other keys are checked all the same.
    init(_ section: Section, _ reader: inout SectionReader) {
        var topology: RedisTopology?
        reader.read("url", of: section, into: &topology) { node throws(Complaint) in
            try Self.topology(node.text(.url))
        }
        let url = section.fields["url"]
        if url == nil {
            reader.complain(.missingURL, about: section.path(to: "url"), at: section.mark)
        }
        let origin = reader.origin(url?.key ?? "", at: url?.value.mark ?? section.mark)
        self.init(topology: topology ?? .nowhere, origin: origin)
        readName(of: section, &reader)
        if let field = section.fields["username"] { userOrigin = reader.origin(field.key, at: field.value.mark) }
        passwordFiles += reader.readLogin(of: section, into: &settings.topology.access).map { [$0] } ?? []
        readTLS(of: section, isForTLS: topology.map { $0.access.tls != nil }, &reader)
        readSentinel(of: section, isForSentinels: topology.map(\.isSentinel), &reader)
        let problems = reader.problems.count
        readStreams(of: section, &reader)
        reader.readList(
            "exclude", of: section, meant: .patterns, mayBeEmpty: true, into: &settings.exclude
        ) { node throws(Complaint) in
            Glob(try node.text(.pattern))
        }
        readAlerts(of: section, areStreamsRight: reader.problems.count == problems, &reader)
        reader.read("memory_limit", of: section, into: &settings.memoryLimitBytes) { node throws(Complaint) in
            Int64(try node.size(atLeast: TargetSettings.leastMemoryLimit, example: "2GiB"))
        }
        reader.read("max_streams", of: section, into: &settings.maxStreams) { node throws(Complaint) in
            try node.number(in: TargetSettings.maxStreamsRange, example: TargetSettings.defaultMaxStreams)
        }
        hasAddress = topology != nil
    }

    static func topology(_ url: String) throws(Complaint) -> RedisTopology {
        do throws(RedisURLFault) {
            return try RedisURL.topology(url)
        } catch {
            throw .url(error)
        }
    }

    private mutating func readName(of section: Section, _ reader: inout SectionReader) {
        guard let field = section.fields["name"] else { return }
        nameOrigin = reader.origin(field.key, at: field.value.mark)
        reader.read("name", of: section, into: &settings.name) { node throws(Complaint) in
            try node.plainText()
        }
    }

    /// `isForTLS`: whether the URL is; nil where it is not known.
    private mutating func readTLS(of section: Section, isForTLS: Bool?, _ reader: inout SectionReader) {
        guard let field = section.fields["tls"], let tls = reader.tls(field) else { return }
        if isForTLS == false { reader.complain(.tlsOfPlainURL, about: field.key, at: field.keyMark) }
        settings.topology.access.tls = tls
    }
}

extension RedisTopology {
    /// Stands for one that is not known.
    fileprivate static let nowhere = RedisTopology.single(RedisEndpoint(address: .unix(path: "")))

    fileprivate var isSentinel: Bool {
        if case .sentinel = self { true } else { false }
    }
}
