/// What the server answered to one command, copied out of hiredis.
package enum RedisReply: Equatable, Sendable {
    case string([UInt8])
    case status(String)
    case integer(Int64)
    case array([RedisReply])
    case null
    case error(RedisErrorReply)
}

/// An error that the server answered: `WRONGTYPE Operation against a key …`.
package struct RedisErrorReply: Error, Equatable, Sendable {
    package let message: String

    package init(message: String) {
        self.message = message
    }

    /// The first word, which tells the kind; the words after it differ between versions.
    package var code: Substring { message.prefix { $0 != " " } }
}

extension RedisReply {
    package var integer: Int64? {
        if case .integer(let value) = self { value } else { nil }
    }

    /// The bytes of a bulk string or of a status.
    package var bytes: [UInt8]? {
        switch self {
        case .string(let bytes): bytes
        case .status(let text): Array(text.utf8)
        default: nil
        }
    }

    package var elements: [RedisReply]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    package var error: RedisErrorReply? {
        if case .error(let error) = self { error } else { nil }
    }
}
