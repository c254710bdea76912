import Platform

/// The name of a channel, which is a label of metrics and part of the names of files.
enum ChannelName {
    private static let lengthLimit = 64

    static func parse(_ node: YAMLNode) throws(Complaint) -> String {
        let name = try node.text(.channelName)
        let isPlain = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        guard isPlain, !name.allSatisfy({ $0 == "." }), name.utf8.count <= lengthLimit else {
            throw .channelName(Excerpt(name))
        }
        return name
    }
}
