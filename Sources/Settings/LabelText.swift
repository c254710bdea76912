/// The names of labels that the user puts on alerts.
enum LabelText {
    /// The labels that alerts have from weir.
    static let own = ["alertname", "severity", "target", "node", "stream", "group", "consumer"]

    /// Checks a name as Prometheus means it.
    static func checkName(_ name: String) throws(Complaint) {
        let isName = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: false
            }
        }
        guard isName, let first = name.first, !first.isNumber, !name.hasPrefix("__") else { throw .labelName }
        guard !own.contains(name) else { throw .ownLabel }
    }
}
