import Remediation
import StreamHealth
import StreamModel

/// What remediation adds to a poll of 5,000 streams x 2 groups x 3 consumers, none of which is in trouble.
enum RemediationBenchmark {
    private static let rounds = 20

    static func run() {
        let state = MemoryBenchmark(streams: 5_000, groups: 2, consumers: 3).filledState()
        var settings = RemediationSettings()
        settings.mode = .act
        for (pattern, what) in [("stream:1", "one stream"), ("*", "every stream")] {
            settings.policies = [
                RemediationPolicy(
                    name: "rescue", stream: Glob(pattern), group: Glob("*"), action: .requeue(to: nil),
                    minIdleMilliseconds: 600_000)
            ]
            var planner = RemediationPlanner(target: "bench", settings: settings, payloadGuard: 16_384)
            var now = MemoryBenchmark.lastPoll
            let times = (0..<rounds).map { _ in
                now = now.advanced(byMilliseconds: 5_000)
                return ContinuousClock().measure {
                    let standing = state.standing(at: now, wants: settings.policies.cover)
                    _ = planner.look(at: standing, pause: nil)
                }
            }
            print("a policy for \(what) of 5,000 x 2 groups: \(Report.milliseconds(times.median)) a poll")
        }
    }
}
