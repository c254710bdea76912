/// Which of several requests are sent, which are answered, and whether another may be sent yet.
///
/// A pure machine; it is told what time it is.
struct PipelineProgress {
    /// A request that has been answered.
    struct Answered {
        var index: Int
        /// Since it was sent, or since the one before it was answered, if that was later.
        var elapsed: Duration
        /// Whether it was sent while another was under way.
        var followed: Bool
    }

    private let requests: [RedisRequest]
    private let limit: PipelineLimit
    private var sent = 0
    private var answered = 0
    private var bytesUnderWay = 0
    private var time = Duration.zero
    /// Of the oldest that is under way.
    private var began: ContinuousClock.Instant
    private var followed = false

    init(_ requests: [RedisRequest], _ limit: PipelineLimit, at now: ContinuousClock.Instant) {
        self.requests = requests
        self.limit = limit
        began = now
    }

    /// The oldest request that is under way; nil: none is.
    var awaited: RedisRequest? { answered < sent ? requests[answered] : nil }

    /// When the oldest under way has taken too long.
    func deadline(_ timeout: Duration) -> ContinuousClock.Instant { began + timeout }

    private var isTimeSpent: Bool { limit.time.map { time >= $0 } ?? false }

    /// The request to send now, if there is one.
    mutating func next(at now: ContinuousClock.Instant) -> RedisRequest? {
        guard sent < requests.count, sent == 0 || !isTimeSpent else { return nil }
        let request = requests[sent]
        if answered == sent {
            began = now
            followed = false
        } else if request.expectedBytes > limit.bytesUnderWay - bytesUnderWay {
            return nil
        }
        sent += 1
        bytesUnderWay += request.expectedBytes
        return request
    }

    /// The oldest under way has been answered.
    mutating func answer(at now: ContinuousClock.Instant) -> Answered {
        let elapsed = now - began
        defer {
            bytesUnderWay -= requests[answered].expectedBytes
            time += followed ? elapsed : max(.zero, elapsed - limit.networkTime)
            answered += 1
            followed = answered < sent
            began = now
        }
        return Answered(index: answered, elapsed: elapsed, followed: followed)
    }
}
