import RedisClient
import StreamModel

@testable import Sampling

extension RedisReply {
    static func text(_ text: String) -> RedisReply {
        .string(Array(text.utf8))
    }

    static func failure(_ message: String) -> RedisReply {
        .error(RedisErrorReply(message: message))
    }

    /// Names and values in turn, as XINFO answers.
    static func fields(_ fields: KeyValuePairs<String, RedisReply>) -> RedisReply {
        .array(fields.flatMap { [.text($0.key), $0.value] })
    }

    /// A page of SCAN.
    static func page(_ cursor: String, _ keys: String...) -> RedisReply {
        .array([.text(cursor), .array(keys.map { .text($0) })])
    }
}

extension RedisCommand {
    var words: String {
        arguments.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
    }
}

extension Discovery {
    init(_ patterns: String..., exclude: [String] = [], limit: Int = 100) {
        self.init(
            StreamSelection(
                patterns: patterns.map { Glob($0) }, exclude: exclude.map { Glob($0) }, limit: limit))
    }

    /// The only server of the target, where nothing else is said.
    static let node = "127.0.0.1:6379"

    mutating func begin() { begin(on: [Self.node]) }

    var next: [String] { nextCommands(on: Self.node).map(\.words) }

    mutating func ingest(_ replies: [RedisReply]) { ingest(replies, from: Self.node) }

    /// One whole pass over `pages`, which give their own cursors.
    mutating func pass(_ pages: RedisReply...) {
        begin()
        for page in pages { ingest([page]) }
    }
}

extension Set<Name> {
    init(names: String...) {
        self.init(names.map { Name($0) })
    }
}
