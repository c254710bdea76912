import StreamModel
import Terminal

extension GroupTrace {
    func sentence(at time: Timestamp?) -> String {
        switch outcome {
        case .undelivered(let place):
            "undelivered. \(place?.sentence ?? "How many entries come before it is not known.") \(expectation)"
        case .pending(let row): "pending, \(holding(row, at: time))"
        case .dangling(let row):
            "pending with nothing left of it, so lost for this group unless it was dealt with: \(holding(row, at: time))"
        case .done: "done: not pending, and the group is beyond it."
        case .passed: "not pending, and the group is beyond it: done before it was removed, or never given it."
        case .lost(wasThere: true):
            "removed before it was delivered: lost for this group, which is at \(lastDeliveredID)."
        case .lost(wasThere: false):
            "if it was there, it was removed before it was delivered: lost for this group, which is at \(lastDeliveredID)."
        case .none: "has nothing to do with it; it is at \(lastDeliveredID)."
        case .undecided: "has not come to it; it is at \(lastDeliveredID)."
        case .moving: "was given it, or passed it, just now. Ask again."
        case .unknown(let error):
            VisibleText.escaping("the group is beyond it; whether it is pending is not known: \(error)")
        }
    }

    private var expectation: String {
        if consumerCount == 0 { return "Nobody reads: the group has no consumers." }
        let seen = lastSeenMilliseconds.map { " A consumer was last seen \(Self.ago($0))." } ?? ""
        switch pace {
        case .unknown: return "How soon that is, is not known.\(seen)"
        case .still: return "The group was given nothing meanwhile, so there is no telling when.\(seen)"
        case .perSecond(let rate):
            let pace = "\(FigureText.rate(rate)) a second"
            if let expectedSeconds {
                return "At \(pace), its turn is in about \(FigureText.duration(expectedSeconds))."
            }
            guard let latestSeconds else { return "The group is given \(pace)." }
            return "At \(pace), its turn is in at most \(FigureText.duration(latestSeconds))."
        }
    }

    private func holding(_ row: PendingEntry, at time: Timestamp?) -> String {
        guard let consumer = row.consumer else {
            let deliveries = row.deliveries == .max ? "given up as fatal" : "delivered \(Self.times(row.deliveries))"
            return "given back (XNACK) and nobody's, \(deliveries)."
        }
        let since = time.map { " (\($0.advanced(byMilliseconds: -row.idleMilliseconds).inUTC))" } ?? ""
        let seen = holderSeenMilliseconds.map { " That consumer was last seen \(Self.ago($0))." } ?? ""
        return "delivered \(Self.times(row.deliveries)), last to \(VisibleText.escaping(consumer.text)) "
            + "\(Self.ago(row.idleMilliseconds))\(since).\(seen)"
    }

    private static func times(_ count: Int64) -> String { count == 1 ? "once" : "\(count) times" }

    private static func ago(_ milliseconds: Int64) -> String {
        "\(FigureText.duration(Double(milliseconds) / 1000)) ago"
    }
}
