import CCurl
import Platform

/// The headers of one request, as curl wants them: a linked list of lines.
@safe
struct CurlHeaderList: ~Copyable {
    private(set) var head: UnsafeMutablePointer<curl_slist>?

    /// Nil: out of memory.
    init?(_ headers: [ChannelSettings.Header]) {
        unsafe head = nil
        for header in headers {
            let isBlank = header.value.bytes.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
            // A name with a colon and no value takes a header away, a name with a semicolon sends it without a value.
            let line = isBlank ? Array("\(header.name);".utf8) : Array("\(header.name): ".utf8) + header.value.bytes
            guard append(line) else { return nil }
        }
        // Neither what curl says of a body whose kind the request does not tell, nor the second that it waits for
        // 100 Continue before a longer one.
        for name in ["Content-Type", "Expect"]
        where !headers.contains(where: { $0.name.lowercased() == name.lowercased() }) {
            guard append(Array("\(name):".utf8)) else { return nil }
        }
    }

    deinit {
        unsafe curl_slist_free_all(head)
    }

    private mutating func append(_ line: [UInt8]) -> Bool {
        let text = line.map { CChar(bitPattern: $0) } + [0]
        // NULL where there is no memory, and the list is as it was.
        guard let longer = unsafe curl_slist_append(head, text) else { return false }
        unsafe head = unsafe longer
        return true
    }
}
