import Alerting
import Delivery
import Platform

extension ChannelSettings {
    /// What decides when the channel is told.
    var route: ChannelRoute {
        // An Alertmanager repeats by itself, and is refreshed all the time.
        ChannelRoute(
            name: name, repeatMilliseconds: kind == .alertmanager ? nil : repeatInterval.milliseconds,
            sendsResolved: sendResolved)
    }

    fileprivate var takesOneAlert: Bool {
        if case .pagerDuty = kind { true } else { false }
    }
}

extension Sequence<ChannelSettings> {
    /// What each takes at once, where that is less than usual.
    var limits: AlertGrouping.Limits {
        Dictionary(filter(\.takesOneAlert).map { ($0.name, 1) }) { $1 }
    }
}
