/// Takes requests out of what an HTTP client sends.
struct HTTPRequestParser {
    struct Request {
        let method: String
        let path: String
        let headers: [(name: String, value: String)]
        let body: [UInt8]
    }

    private var input: [UInt8] = []
    /// Where the search for the end of the head goes on.
    private var searched = 0
    /// What is known of a request whose body has not yet come, and how long head and body are.
    private var head: (request: Request, headLength: Int, bodyLength: Int)?

    mutating func feed(_ bytes: some Sequence<UInt8>) {
        input += bytes
    }

    /// The next whole request; nil where more bytes are needed.
    mutating func next() -> Request? {
        if head == nil { head = takeHead() }
        guard let (request, headLength, bodyLength) = head, input.count >= headLength + bodyLength else { return nil }
        let body = Array(input[headLength..<headLength + bodyLength])
        input.removeFirst(headLength + bodyLength)
        (head, searched) = (nil, 0)
        return Request(method: request.method, path: request.path, headers: request.headers, body: body)
    }

    private mutating func takeHead() -> (request: Request, headLength: Int, bodyLength: Int)? {
        let end = Array("\r\n\r\n".utf8)
        while searched + end.count <= input.count {
            if input[searched..<searched + end.count].elementsEqual(end) { return parseHead(upTo: searched) }
            searched += 1
        }
        return nil
    }

    private func parseHead(upTo end: Int) -> (request: Request, headLength: Int, bodyLength: Int) {
        let lines = String(decoding: input[..<end], as: UTF8.self).split(separator: "\r\n")
        let words = lines.first?.split(separator: " ").map(String.init) ?? []
        let headers = lines.dropFirst().map { line in
            let colon = line.firstIndex(of: ":") ?? line.endIndex
            return (name: String(line[..<colon]), value: String(line[colon...].dropFirst().drop { $0 == " " }))
        }
        let length = headers.first { $0.name.lowercased() == "content-length" }.flatMap { Int($0.value) } ?? 0
        let request = Request(
            method: words.first ?? "", path: words.count > 1 ? words[1] : "", headers: headers, body: [])
        return (request, end + 4, max(0, length))
    }
}
