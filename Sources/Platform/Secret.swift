/// Bytes that must not be seen: a password.
///
/// Printing, interpolating or reflecting one shows `***`.
package struct Secret: Hashable, Sendable {
    package let bytes: [UInt8]

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }
}

extension Secret {
    /// What a file for a secret holds: everything but one newline at the end; nil where that is nothing.
    package init?(fileContents: [UInt8]) {
        var bytes = fileContents
        if bytes.last == UInt8(ascii: "\n") {
            bytes.removeLast()
            if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        }
        guard !bytes.isEmpty else { return nil }
        self.init(bytes)
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "***" }
    package var debugDescription: String { "***" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
