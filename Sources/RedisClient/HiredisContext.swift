import CHiredis
import Glibc

/// The one place that touches hiredis: it connects, formats commands and parses replies.
///
/// hiredis' own blocking calls are not used for reading and writing: their timeout holds for each `read`, so that a
/// server which trickles could hold a poll for ever.
@safe struct HiredisContext: ~Copyable {
    private let context: UnsafeMutablePointer<redisContext>

    private init(owning context: UnsafeMutablePointer<redisContext>) {
        unsafe self.context = unsafe context
    }

    deinit {
        unsafe redisFree(context)
    }

    /// Blocks for at most `timeout`, not counting the resolution of the host's name.
    static func connect(
        to address: RedisEndpoint.Address, timeout: Duration
    ) throws(RedisClientError) -> HiredisContext {
        let limit = timeval(timeout)
        let connected =
            switch address {
            case .tcp(let host, let port): unsafe redisConnectWithTimeout(host, Int32(port), limit)
            case .unix(let path): unsafe redisConnectUnixWithTimeout(path, limit)
            }
        guard let context = unsafe connected else { throw .cannotConnect(reason: "out of memory") }
        guard unsafe context.pointee.err == 0 else {
            let reason = unsafe message(of: context)
            unsafe redisFree(context)
            throw .cannotConnect(reason: reason)
        }
        return unsafe HiredisContext(owning: context)
    }

    var fileDescriptor: Int32 { unsafe context.pointee.fd }

    /// Hands received bytes to the parser, which copies them.
    func feed(_ bytes: Span<UInt8>) throws(RedisClientError) {
        let result = unsafe bytes.withUnsafeBytes { buffer in
            unsafe redisReaderFeed(
                context.pointee.reader, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count)
        }
        guard result == REDIS_OK else { throw readerError() }
    }

    /// The next whole reply among what was fed, or nil where more bytes are needed.
    func nextReply() throws(RedisClientError) -> RedisReply? {
        var object: UnsafeMutableRawPointer?
        guard unsafe redisReaderGetReply(context.pointee.reader, &object) == REDIS_OK else { throw readerError() }
        guard let object = unsafe object else { return nil }
        defer { unsafe freeReplyObject(object) }
        return try unsafe RedisReply(copying: object.assumingMemoryBound(to: redisReply.self).pointee)
    }

    private func readerError() -> RedisClientError {
        let text = unsafe withUnsafeBytes(of: context.pointee.reader.pointee.errstr) { unsafe String(untilNUL: $0) }
        // All that hiredis 0.14 says of a type that it does not know; 1.x knows most, and hands them out.
        let prefix = "Protocol error, got \""
        if text.hasPrefix(prefix), let type = text.utf8.dropFirst(prefix.utf8.count).first,
            RESP3Rewriter.ownTypes.contains(type)
        {
            return .speaksRESP3
        }
        return .protocolViolation(text)
    }

    private static func message(of context: UnsafeMutablePointer<redisContext>) -> String {
        unsafe withUnsafeBytes(of: context.pointee.errstr) { unsafe String(untilNUL: $0) }
    }
}

extension RedisCommand {
    /// Appends the command as it goes over the wire.
    func append(to output: inout [UInt8]) {
        let joined = arguments.flatMap(\.self).map { CChar(bitPattern: $0) } + [0]
        let lengths = arguments.map(\.count)
        unsafe joined.withUnsafeBufferPointer { bytes in
            var offset = 0
            var pointers: [UnsafePointer<CChar>?] = unsafe []
            for length in lengths {
                unsafe pointers.append(bytes.baseAddress.map { unsafe $0 + offset })
                offset += length
            }
            var formatted: UnsafeMutablePointer<CChar>?
            let size = unsafe Int(redisFormatCommandArgv(&formatted, Int32(lengths.count), &pointers, lengths))
            guard size > 0, let formatted = unsafe formatted else { return }
            unsafe output.append(contentsOf: UnsafeRawBufferPointer(start: formatted, count: size))
            unsafe redisFreeCommand(formatted)
        }
    }
}

extension RedisReply {
    /// Throws where a part of it is of a type that only RESP3 has.
    fileprivate init(copying reply: redisReply) throws(RedisClientError) {
        switch unsafe reply.type {
        case REDIS_REPLY_INTEGER: self = unsafe .integer(reply.integer)
        case REDIS_REPLY_STRING: self = unsafe .string(reply.bytes)
        case REDIS_REPLY_STATUS: self = unsafe .status(String(decoding: reply.bytes, as: UTF8.self))
        case REDIS_REPLY_ERROR:
            self = unsafe .error(RedisErrorReply(message: String(decoding: reply.bytes, as: UTF8.self)))
        case REDIS_REPLY_ARRAY: self = try unsafe .array(reply.children())
        case REDIS_REPLY_NIL: self = .null
        default: throw .speaksRESP3
        }
    }
}

extension redisReply {
    fileprivate var bytes: [UInt8] {
        guard let start = unsafe str else { return [] }
        return unsafe Array(UnsafeRawBufferPointer(start: start, count: len))
    }

    fileprivate func children() throws(RedisClientError) -> [RedisReply] {
        guard let first = unsafe element else { return [] }
        return try unsafe UnsafeBufferPointer(start: first, count: elements).map { (child) throws(RedisClientError) in
            guard let child = unsafe child else { return .null }
            return try unsafe RedisReply(copying: child.pointee)
        }
    }
}

extension String {
    /// The text of a C array of characters, up to its NUL.
    fileprivate init(untilNUL bytes: UnsafeRawBufferPointer) {
        self = unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
}

extension timeval {
    init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        self.init(tv_sec: Int(seconds), tv_usec: Int(attoseconds / 1_000_000_000_000))
    }
}
