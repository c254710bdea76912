import Platform

extension SectionReader {
    /// The channels that a section wants to have told; nil where it says nothing.
    ///
    /// `channels`: the names of all of them; nil where they are not all known, and none is missed.
    mutating func channels(toldBy section: Section, of channels: [String]?) -> [String]? {
        guard section.fields["notify"] != nil else { return nil }
        var names: [String] = []
        readList(
            "notify", of: section, meant: .channelNames, mayBeEmpty: true, into: &names
        ) { node throws(Complaint) in
            let name = try node.text(.channelName)
            if let channels, !channels.contains(name) {
                throw .noChannel(Excerpt(name), nearest: Suggestion.nearest(to: name, among: channels), known: channels)
            }
            return name
        }
        return names
    }
}
