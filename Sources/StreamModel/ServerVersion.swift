/// A server's version: `7.0.15`.
package struct ServerVersion: Hashable, Comparable, Sendable {
    package var major: Int
    package var minor: Int
    package var patch: Int

    package init(_ major: Int, _ minor: Int, _ patch: Int) {
        self.major = major
        self.minor = minor
        self.patch = patch
    }

    /// Parses up to three numbers with dots; what follows them (`-rc1`) is left out, what is missing is 0.
    package init?(_ text: some StringProtocol) {
        let numbers = text.split(separator: ".", maxSplits: 2).map { part in
            Int(part.prefix { $0.isASCII && $0.isNumber })
        }
        guard let first = numbers.first, let major = first else { return nil }
        self.init(major, (numbers.count > 1 ? numbers[1] : 0) ?? 0, (numbers.count > 2 ? numbers[2] : 0) ?? 0)
    }

    package static func < (left: ServerVersion, right: ServerVersion) -> Bool {
        (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
    }
}

extension ServerVersion: CustomStringConvertible {
    package var description: String { "\(major).\(minor).\(patch)" }
}
