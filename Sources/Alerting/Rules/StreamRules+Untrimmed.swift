import StreamModel

extension StreamRules {
    /// StreamUntrimmed, and what to remember: nothing of a stream that is small, or empty.
    static func judgeUntrimmed(
        _ look: Look, _ record: UntrimmedRecord?, _ judgement: inout Judgement
    ) -> UntrimmedRecord? {
        guard let share = look.limits.memoryShare, let figures = look.stream.figures else { return record }
        guard let bytes = figures.memoryBytes, let limit = look.memoryLimit else {
            if record != nil { judgement.isUnknown(.streamUntrimmed, nil, look.subject) }
            return record
        }
        guard Double(bytes) * 1000 > Double(limit) * Double(share), figures.length != 0 else { return nil }
        // Of a stream with large entries the first ID is one of some minutes ago: little against the hour that has to pass.
        guard let length = figures.length, let first = figures.counters?.firstEntryID else {
            if record != nil { judgement.isUnknown(.streamUntrimmed, nil, look.subject) }
            return record
        }
        guard var record, record.firstID == first else { return UntrimmedRecord(firstID: first, length: length) }
        record.ingest(length: length, at: look.now)
        if record.isGrowing(at: look.now) {
            judgement.holds(
                .streamUntrimmed, nil, look.subject, Words(record, bytes: bytes, limit: limit, length: length, look))
        }
        return record
    }
}

extension StreamRules.Look {
    /// A logical stream may be on several nodes.
    fileprivate var memoryLimit: Int64? {
        if let bytes = limits.memoryBytes[stream.node] { return bytes }
        guard stream.members != nil, !limits.memoryBytes.isEmpty else { return nil }
        return limits.memoryBytes.values.reduce(0) { sum, bytes in
            let (total, isTooLarge) = sum.addingReportingOverflow(bytes)
            return isTooLarge ? .max : total
        }
    }
}

extension Judgement.Words {
    fileprivate init(
        _ record: UntrimmedRecord, bytes: Int64, limit: Int64, length: Int64, _ look: StreamRules.Look
    ) {
        let name = look.stream.name.inSentence
        let percent = Int((Double(bytes) / Double(max(1, limit)) * 100).rounded(.down))
        let age = look.stream.figures?.firstEntryAgeSeconds.map { ", added \(FigureText.duration($0)) ago" } ?? ""
        self.init(
            what:
                "\(name) takes up \(FigureText.megabytes(bytes)), \(percent) % of the memory there is, and has grown from "
                + "\(record.lengthAtFirst) to \(length) entries while its first stays the same (\(record.firstID)\(age)).",
            command: look.command("XINFO STREAM \(look.stream.name.quoted)"))
    }
}
