import Alerting

extension AlertNotification {
    /// The same in no two messages of any weir.
    static func makeID() -> String {
        "weir-" + String(UInt128.random(in: .min ... .max), radix: 36)
    }
}
