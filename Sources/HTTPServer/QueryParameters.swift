internal import Platform

/// A request's query, decoded, in the order in which the client sent it.
package struct QueryParameters: Sendable {
    /// A name that came without `=` has the value `""`.
    package let all: [(name: String, value: String)]

    package init(_ all: [(name: String, value: String)] = []) {
        self.all = all
    }

    /// What follows the `?` of a URL; an escape that is malformed stands for itself.
    init(decoding text: [UInt8]) {
        let parts = text.split(separator: UInt8(ascii: "&"))
        self.init(
            parts.map { part in
                let sides = part.split(
                    separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
                return (name: Self.decode(sides[0]), value: sides.count == 1 ? "" : Self.decode(sides[1]))
            })
    }

    private static func decode(_ text: ArraySlice<UInt8>) -> String {
        let spaced = text.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 }
        return String(decoding: PercentEscapes.decode(spaced[...]).bytes, as: UTF8.self)
    }

    /// The value of the first parameter of that name.
    package func first(_ name: String) -> String? {
        all.first { $0.name == name }?.value
    }
}
