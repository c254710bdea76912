import Delivery
import Platform

/// The heartbeat as it was given, the file with its URL not opened yet.
struct HeartbeatDraft {
    static let intervalRange: ClosedRange<Duration> = .seconds(1) ... .seconds(86_400)

    private var settings = HeartbeatSettings(url: Secret([]))
    private var urlFile: SecretFile?

    init(_ section: Section, _ reader: inout SectionReader) {
        if let field = section.fields["url"] {
            var url: ReceiverURL?
            reader.read("url", of: section, into: &url) { node throws(Complaint) in try ReceiverURL.parse(node) }
            if let url { settings.url = url.secret }
            if url?.hasUserInfo == true {
                reader.warn(.secretInFile("a password", apart: "url_file"), about: field.key, at: field.keyMark)
            }
        }
        urlFile = reader.secretFile("url_file", of: section, besides: "url", holds: "URL")
        if !section.hasAny(of: ["url", "url_file"]) {
            reader.complain(.missingEither("url", "url_file"), about: section.key, at: section.mark)
        }
        let usual = settings.interval
        reader.read("every", of: section, into: &settings.interval) { node throws(Complaint) in
            try node.duration(in: Self.intervalRange, example: usual)
        }
        settings.caFile = reader.filePath("ca_file", of: section)
    }

    /// The heartbeat with its URL; what is wrong with the file is added to the problems.
    func resolved(
        _ problems: inout [SettingsProblem], readFile: FileContents.Reader
    ) -> HeartbeatSettings {
        var settings = settings
        urlFile?.read(into: &settings.url, &problems, readFile: readFile) { text throws(Complaint) in
            try ReceiverURL.parse(text).secret
        }
        return settings
    }
}
