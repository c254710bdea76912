import Delivery
import Platform

/// Where a channel out of the file sends.
extension ChannelDraft {
    mutating func readURLs(of section: Section, _ type: ChannelType?, _ reader: inout SectionReader) {
        readURL(of: section, type, &reader)
        readList(of: section, &reader)
        urlFile = reader.secretFile("url_file", of: section, besides: "url", holds: "URL")
        guard let type, !section.hasAny(of: ["url", "urls", "url_file"]) else { return }
        switch type {
        case .pagerduty: settings.urls = [Secret(Array(ChannelType.pagerDutyURL.utf8))]
        case .alertmanager: reader.complain(.missingEither("urls", "url"), about: section.key, at: section.mark)
        case .webhook, .slack, .discord:
            reader.complain(.missingEither("url", "url_file"), about: section.key, at: section.mark)
        }
    }

    private mutating func readURL(of section: Section, _ type: ChannelType?, _ reader: inout SectionReader) {
        guard let field = section.fields["url"] else { return }
        var url: ReceiverURL?
        reader.read("url", of: section, into: &url) { node throws(Complaint) in try ReceiverURL.parse(node) }
        if type?.hasSecretURL == true {
            reader.warn(.secretInFile("the URL of a chat", apart: "url_file"), about: field.key, at: field.keyMark)
        } else if url?.hasUserInfo == true {
            let other = type?.owners(of: "url_file") == nil ? "url_file" : nil
            reader.warn(.secretInFile("a password", apart: other), about: field.key, at: field.keyMark)
        }
        if let url { settings.urls = [url.secret] }
    }

    private mutating func readList(of section: Section, _ reader: inout SectionReader) {
        guard let field = section.fields["urls"] else { return }
        if section.fields["url"] != nil {
            reader.complain(.second("URL", with: "url"), about: field.key, at: field.keyMark)
        }
        var urls: [Secret] = []
        for (key, node) in reader.items("urls", of: section, meant: .receiverURLs) ?? [] {
            do throws(Complaint) {
                let url = try ReceiverURL.parse(node)
                if urls.contains(url.secret) { throw .urlGivenTwice }
                if url.hasUserInfo { reader.warn(.secretInFile("a password", apart: nil), about: key, at: node.mark) }
                urls.append(url.secret)
            } catch {
                reader.complain(error, about: key, at: node.mark)
            }
        }
        settings.urls = urls
    }
}
