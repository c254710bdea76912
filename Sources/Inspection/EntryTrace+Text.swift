package import StreamModel
import Terminal

extension EntryTrace {
    /// In sentences; names as a terminal may be given them.
    package func lines(stream: Name, node: String, target: String) -> [String] {
        let place = VisibleText.escaping("\(node) (target \(target))")
        var lines = ["\(look.id) of the stream \(VisibleText.escaping(stream.text)), on \(place)", entryLine]
        lines += look.refusals.map { VisibleText.escaping("Not known: \($0)") }
        if look.groups.isEmpty { lines.append("The stream has no groups.") }
        for group in groups {
            lines.append("Group \(VisibleText.escaping(group.group.text)): \(group.sentence(at: look.serverTime))")
        }
        if look.groupsLeftOut > 0 { lines.append("There are \(look.groupsLeftOut) more groups, not looked at.") }
        if groups.contains(where: { $0.outcome == .done || $0.outcome == .passed }) {
            lines.append(
                "Done is acknowledged. What was read with NOACK looks the same, and so does what a group was made or set "
                    + "behind (XGROUP SETID), or what has gone with its consumer (DELCONSUMER): Redis keeps no record.")
        }
        return lines
    }

    private var entryLine: String {
        switch presence {
        case .present: "It is in the stream\(added)."
        case .notYet(let last): "It has not been added: the last ID that the stream has given is \(last)."
        case .unknown: "Whether it is in the stream may not be asked. What follows holds if it is."
        case .absentOrNotYet:
            "It is not in the stream: it was removed, or has not been added yet. The last ID that the stream has given, "
                + "which would tell, \(whyLastIDIsUnknown)."
        case .absent(let absence): absence.sentence
        }
    }

    private var whyLastIDIsUnknown: String {
        look.refusals.contains(.noPermission(command: "XINFO STREAM"))
            ? "may not be asked" : "comes with two entries, which are too large here"
    }

    private var added: String {
        guard let age = ageMilliseconds, let made = Int64(exactly: look.id.milliseconds) else { return "" }
        let time = Timestamp(milliseconds: made).inUTC
        return ", added \(FigureText.duration(Double(age) / 1000)) ago (\(time) by its ID)"
    }
}
