import Sampling
import Settings

extension SamplingPlan {
    /// What a poll may ask by the settings.
    init(_ poll: PollSettings) {
        self.init(
            pendingRows: poll.pelRowsPerPoll, payloadGuard: poll.payloadGuard,
            serverTime: poll.interval * poll.redisShare)
    }
}
