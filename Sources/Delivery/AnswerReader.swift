/// Puts an answer together from what arrives of it, and tells when enough has.
struct AnswerReader: Equatable, Sendable {
    /// Of all heads together: those of `100 Continue` and the like count.
    static let headLimit = 64 * 1024

    /// Why no more is wanted.
    enum Stop: Equatable, Sendable {
        case headTooLong
        case bodyTooLong
    }

    private let bodyLimit: Int
    private var headBytes = 0
    private var statusOfHead: Int?
    /// Of the final answer, once its head has ended: 200 or more.
    private(set) var status: Int?
    private(set) var body: [UInt8] = []
    private(set) var stop: Stop?

    init(bodyLimit: Int) {
        self.bodyLimit = bodyLimit
    }

    /// Takes one line of a head, or of the trailers, with its line break.
    mutating func appendHeadLine(_ line: [UInt8]) {
        headBytes += line.count
        guard headBytes <= Self.headLimit else {
            stop = .headTooLong
            return
        }
        guard status == nil else { return }
        if line.starts(with: "HTTP/".utf8) {
            statusOfHead = Self.status(line)
        } else if line.allSatisfy({ $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") }) {
            // What comes before it, as 100 Continue, is not the answer.
            status = statusOfHead.flatMap { $0 >= 200 ? $0 : nil }
        }
    }

    /// Takes a part of the body.
    mutating func appendBody(_ part: [UInt8]) {
        let room = bodyLimit - body.count
        body += part.prefix(room)
        if part.count > room { stop = .bodyTooLong }
    }

    /// The number of a status line such as `HTTP/1.1 200 OK`.
    private static func status(_ line: [UInt8]) -> Int? {
        let words = line.split { $0 <= UInt8(ascii: " ") }
        return words.count < 2 ? nil : Int(String(decoding: words[1], as: UTF8.self))
    }
}
