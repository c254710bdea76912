import Glibc
import TestSupport

/// A group's consumers at work: when each entry was delivered, to whom, and when it was acknowledged.
struct HoldWorkload {
    struct Entry {
        var consumer: Int
        /// In milliseconds, as all times here.
        var delivered: Int64
        /// `Int64.max`: never.
        var acknowledged: Int64
    }

    enum Work: Sendable {
        case constant(Double)
        case exponential(mean: Double)
        /// Nine of ten are short.
        case bimodal(short: Double, long: Double)

        func seconds(using random: inout SplitMix64) -> Double {
            switch self {
            case .constant(let seconds): seconds
            case .exponential(let mean): -mean * log(Double.random(in: .leastNonzeroMagnitude..<1, using: &random))
            case .bimodal(let short, let long): Int.random(in: 0..<10, using: &random) < 9 ? short : long
            }
        }
    }

    /// By the time of delivery.
    private(set) var entries: [Entry] = []
    let consumers: Int

    /// Each consumer reads `batch` entries, works on one after the other, acknowledges each, and reads again at once.
    init(busy consumers: Int, batch: Int = 1, _ work: Work, seconds: Double, seed: UInt64) {
        var random = SplitMix64(seed: seed)
        self.consumers = consumers
        for consumer in 0..<consumers {
            var time = -Double.random(in: 0..<1, using: &random) * Double(batch) * work.seconds(using: &random)
            while time < seconds {
                let delivered = time
                for _ in 0..<batch {
                    time += work.seconds(using: &random)
                    entries.append(Self.entry(consumer, from: delivered, to: time))
                }
            }
        }
        entries.sort { $0.delivered < $1.delivered }
    }

    /// Each entry is delivered as it comes, to any consumer, which works on any number at the same time.
    init(
        perSecond rate: Double, regularly: Bool = false, to consumers: Int = 3, _ work: Work, seconds: Double,
        seed: UInt64
    ) {
        var random = SplitMix64(seed: seed)
        self.consumers = consumers
        let pause = regularly ? Work.constant(1 / rate) : .exponential(mean: 1 / rate)
        var time = -300 - Double.random(in: 0..<1, using: &random)
        while time < seconds {
            let consumer = Int.random(in: 0..<consumers, using: &random)
            entries.append(Self.entry(consumer, from: time, to: time + work.seconds(using: &random)))
            time += pause.seconds(using: &random)
        }
    }

    private static func entry(_ consumer: Int, from delivered: Double, to acknowledged: Double) -> Entry {
        Entry(
            consumer: consumer, delivered: Int64((delivered * 1000).rounded()),
            acknowledged: Int64((acknowledged * 1000).rounded()))
    }

    /// The consumer dies.
    mutating func crash(_ consumer: Int, atSecond second: Int64) {
        entries.removeAll { $0.consumer == consumer && $0.delivered >= second * 1000 }
        for index in entries.indices
        where entries[index].consumer == consumer && entries[index].acknowledged > second * 1000 {
            entries[index].acknowledged = .max
        }
    }

    /// What this group does at first, and the other from `second` on.
    func followed(by other: HoldWorkload, fromSecond second: Int64) -> HoldWorkload {
        var both = self
        both.entries.removeAll { $0.delivered >= second * 1000 }
        both.entries += other.entries.filter { $0.delivered >= second * 1000 }
        return both
    }

    /// The time that the share of all entries delivered from the start on was held for at most.
    func holdSeconds(_ share: Double) -> Double {
        let holds = entries.filter { $0.delivered >= 0 && $0.acknowledged < .max }
            .map { $0.acknowledged - $0.delivered }.sorted()
        return Double(holds[Int(share * Double(holds.count - 1))]) / 1000
    }

    /// How many entries were delivered up to then.
    func delivered(by time: Int64) -> Int {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].delivered <= time { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
