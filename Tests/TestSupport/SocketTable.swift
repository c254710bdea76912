/// The IPv4 TCP sockets of this machine, as the kernel lists them.
package enum SocketTable {
    package enum State: String, Sendable {
        case established = "01"
        case synSent = "02"
    }

    package struct Entry: Sendable {
        package let localPort: UInt16
        package let remotePort: UInt16
        /// Nil: one of the others.
        package let state: State?
        /// Received, and not read by the owner.
        package let unreadBytes: Int
    }

    package static var entries: [Entry] {
        let lines = String(decoding: fileContents("/proc/net/tcp"), as: UTF8.self).split(separator: "\n").dropFirst()
        return lines.compactMap { line in
            // sl, local address:port, remote address:port, state, tx_queue:rx_queue, all in hexadecimal.
            let fields = line.split(separator: " ").map { $0.split(separator: ":") }
            guard fields.count > 4, let local = fields[1].last.flatMap({ UInt16($0, radix: 16) }),
                let remote = fields[2].last.flatMap({ UInt16($0, radix: 16) }), let state = fields[3].first,
                let unread = fields[4].last.flatMap({ Int($0, radix: 16) })
            else { return nil }
            return Entry(
                localPort: local, remotePort: remote, state: State(rawValue: String(state)), unreadBytes: unread)
        }
    }
}
