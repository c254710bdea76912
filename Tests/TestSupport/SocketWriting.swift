internal import Glibc

/// Sends all of the bytes; false where the other side does not take them.
func sendAll(_ bytes: [UInt8], to connection: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
        let sent = unsafe rest.withUnsafeBytes { buffer in
            unsafe send(connection, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL))
        }
        guard sent > 0 else { return false }
        rest = rest.dropFirst(sent)
    }
    return true
}
