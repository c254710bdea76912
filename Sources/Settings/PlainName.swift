import Platform

/// The name of a channel or of a policy, which is a label of metrics and may be part of the name of a file.
enum PlainName {
    private static let lengthLimit = 64

    static func parse(_ node: YAMLNode, of bearer: NameBearer) throws(Complaint) -> String {
        let name = try node.text(bearer.name)
        let isPlain = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        guard isPlain, !name.allSatisfy({ $0 == "." }), name.utf8.count <= lengthLimit else {
            throw .notPlain(bearer, Excerpt(name))
        }
        return name
    }
}

extension SectionReader {
    /// The name of a section, which none of the others has; nil where it is missing or wrong.
    mutating func name(of section: Section, as bearer: NameBearer, others: [String]) -> String? {
        var name: String?
        readRequired("name", of: section, meant: bearer.name, into: &name) { node throws(Complaint) in
            let name = try PlainName.parse(node, of: bearer)
            if others.contains(name) { throw .sameNamed(bearer, Excerpt(name)) }
            return name
        }
        return name
    }
}
