extension RedisURL {
    /// The URLs of a list that are separated by commas, spaces around them included.
    ///
    /// A URL may have commas of its own: one that separates URLs is followed by a scheme.
    static func elements(of list: String) -> [Substring] {
        let bytes = Array(list.utf8)[...]
        var elements: [Substring] = []
        var start = list.startIndex
        for (comma, index) in zip(bytes.indices, list.utf8.indices) where bytes[comma] == UInt8(ascii: ",") {
            let next = bytes[(comma + 1)...].drop { $0 == UInt8(ascii: " ") }
            guard RedisURLScheme.end(in: next) != nil else { continue }
            elements.append(list[start..<index])
            start = list.utf8.index(after: index)
        }
        return elements + [list[start...]]
    }
}
