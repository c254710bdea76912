/// A pattern over names with exactly the meaning that Redis gives it (`stringmatchlen` in util.c): `*`, `?`, `[a-z]`,
/// `[^a]` and `\` before a character that is meant literally.
///
/// Braces are literal.
package struct Glob: Hashable, Sendable {
    package let pattern: [UInt8]

    package init(_ pattern: [UInt8]) {
        self.pattern = pattern
    }

    package init(_ pattern: String) {
        self.pattern = Array(pattern.utf8)
    }

    /// The pattern that matches this name alone.
    package init(exactly name: Name) {
        pattern = name.bytes.flatMap { Self.special.contains($0) ? [UInt8(ascii: "\\"), $0] : [$0] }
    }

    private static let special: [UInt8] = [
        UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "["), UInt8(ascii: "\\"),
    ]

    /// The one name that this pattern can match, where it has no wildcard: such a stream needs no scan.
    package var exactName: Name? {
        pattern.contains(where: Self.special.contains) ? nil : Name(pattern)
    }

    /// What every name that matches starts with, up to the first character that is special here.
    package var literalPrefix: ArraySlice<UInt8> {
        pattern.prefix { !Self.special.contains($0) }
    }

    package func matches(_ name: Name) -> Bool {
        // As in Redis: of all patterns of stars, only * itself matches the empty name.
        if name.bytes.isEmpty { return pattern.isEmpty || pattern == [UInt8(ascii: "*")] }
        var steps = 0
        return matches(pattern[...], name.bytes[...], &steps) == true
    }

    /// More steps than any sane pattern takes.
    ///
    /// `*a*a*a*a…` is exponential in Redis as well, which has bounded it since 6.2.13; past the bound the name counts
    /// as not matching.
    private static let stepLimit = 100_000

    /// True or false; nil where no longer prefix taken by an earlier `*` can help, which ends the search at once.
    private func matches(_ pattern: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>, _ steps: inout Int) -> Bool? {
        var pattern = pattern
        var name = name
        while let head = pattern.first, !name.isEmpty {
            steps += 1
            if steps > Self.stepLimit { return nil }
            switch head {
            case UInt8(ascii: "*"):
                while pattern.first == UInt8(ascii: "*") { pattern.removeFirst() }
                if pattern.isEmpty { return true }
                while !name.isEmpty {
                    let rest = matches(pattern, name, &steps)
                    if rest != false { return rest }
                    name.removeFirst()
                }
                return nil
            case UInt8(ascii: "?"):
                pattern.removeFirst()
            case UInt8(ascii: "["):
                guard let byte = name.first, takeClass(from: &pattern, matches: byte) else { return false }
            case UInt8(ascii: "\\") where pattern.count >= 2:
                pattern.removeFirst()
                fallthrough
            default:
                if pattern.first != name.first { return false }
                pattern.removeFirst()
            }
            name.removeFirst()
        }
        if name.isEmpty {
            while pattern.first == UInt8(ascii: "*") { pattern.removeFirst() }
        }
        return pattern.isEmpty && name.isEmpty
    }

    /// Takes `[…]` off the front.
    ///
    /// As in Redis, a class that is never closed ends with the pattern, and a range may be written backwards.
    private func takeClass(from pattern: inout ArraySlice<UInt8>, matches byte: UInt8) -> Bool {
        pattern.removeFirst()
        let negated = pattern.first == UInt8(ascii: "^")
        if negated { pattern.removeFirst() }
        var matched = false
        while let head = pattern.first {
            pattern.removeFirst()
            if head == UInt8(ascii: "\\"), let literal = pattern.first {
                pattern.removeFirst()
                matched = matched || literal == byte
            } else if head == UInt8(ascii: "]") {
                break
            } else if pattern.count >= 2, pattern.first == UInt8(ascii: "-") {
                pattern.removeFirst()
                let end = pattern.removeFirst()
                matched = matched || (min(head, end)...max(head, end)).contains(byte)
            } else {
                matched = matched || head == byte
            }
        }
        return matched != negated
    }
}

extension Glob: CustomStringConvertible {
    package var description: String { Name(pattern).text }
}
