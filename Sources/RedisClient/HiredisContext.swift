import CHiredis
import Glibc

/// The one place that touches hiredis: it connects and parses replies.
///
/// hiredis' own blocking calls are not used for reading and writing: their timeout holds for each `read`, so that a
/// server which trickles could hold a poll for ever.
@safe struct HiredisContext: ~Copyable {
    private let context: UnsafeMutablePointer<redisContext>
    /// Where the parser puts what it finds.
    private let tape: UnsafeMutablePointer<ReplyTapeBuilder>
    private let callbacks: UnsafeMutablePointer<redisReplyObjectFunctions>

    private init(owning context: UnsafeMutablePointer<redisContext>) {
        unsafe self.context = unsafe context
        unsafe tape = .allocate(capacity: 1)
        unsafe tape.initialize(to: ReplyTapeBuilder())
        unsafe callbacks = .allocate(capacity: 1)
        unsafe callbacks.initialize(to: .ontoTape)
        unsafe context.pointee.reader.pointee.fn = unsafe callbacks
        unsafe context.pointee.reader.pointee.privdata = UnsafeMutableRawPointer(tape)
    }

    deinit {
        unsafe redisFree(context)
        unsafe callbacks.deallocate()
        unsafe tape.deinitialize(count: 1)
        unsafe tape.deallocate()
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

    /// Takes apart what was fed, up to the end of the next whole reply, and says where that begins on the tape; nil where
    /// more bytes are needed.
    func nextReply() throws(RedisClientError) -> Int? {
        var object: UnsafeMutableRawPointer?
        guard unsafe redisReaderGetReply(context.pointee.reader, &object) == REDIS_OK else { throw readerError() }
        return unsafe object.map { Int(bitPattern: $0) - 1 }
    }

    /// The tape with the whole replies that there were since the last one.
    func takeTape() -> ReplyTape { unsafe tape.pointee.finish() }

    private func readerError() -> RedisClientError {
        if unsafe context.pointee.reader.pointee.err == REDIS_ERR_OOM { return .speaksRESP3 }
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

extension redisReplyObjectFunctions {
    /// What hiredis calls for each value that it finds.
    ///
    /// What they return stands for the value and must not be NULL: its place on the tape, and one. NULL, where something is of a
    /// type that RESP2 does not have, ends the reading with `REDIS_ERR_OOM`.
    fileprivate static var ontoTape: redisReplyObjectFunctions {
        var functions = redisReplyObjectFunctions()
        unsafe functions.createString = { task, text, count in
            guard let task = unsafe task, let kind = unsafe ReplyToken.Kind(textOfType: task.pointee.type),
                count <= Int(UInt32.max)
            else { return nil }
            let bytes = unsafe UnsafeRawBufferPointer(start: text, count: count)
            return unsafe task.pointee.place { unsafe $0.append(kind, text: bytes) }
        }
        unsafe functions.createArray = { task, count in
            guard let task = unsafe task, unsafe task.pointee.type == REDIS_REPLY_ARRAY else { return nil }
            return unsafe task.pointee.place { $0.append(arrayOf: Int(count)) }
        }
        unsafe functions.createInteger = { task, value in unsafe task?.pointee.place { $0.append(integer: value) } }
        unsafe functions.createNil = { task in unsafe task?.pointee.place { $0.appendNull() } }
        unsafe functions.freeObject = { _ in }
        unsafe weir_refuse_resp3(&functions)
        return functions
    }
}

extension redisReadTask {
    /// Writes onto the tape that is being made, and gives what stands for the place.
    fileprivate func place(_ write: (inout ReplyTapeBuilder) -> Void) -> UnsafeMutableRawPointer? {
        guard let tape = unsafe privdata?.assumingMemoryBound(to: ReplyTapeBuilder.self) else { return nil }
        let index = unsafe tape.pointee.end
        unsafe write(&tape.pointee)
        return unsafe UnsafeMutableRawPointer(bitPattern: index + 1)
    }
}

extension ReplyToken.Kind {
    fileprivate init?(textOfType type: Int32) {
        switch type {
        case REDIS_REPLY_STRING: self = .string
        case REDIS_REPLY_STATUS: self = .status
        case REDIS_REPLY_ERROR: self = .error
        default: return nil
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
