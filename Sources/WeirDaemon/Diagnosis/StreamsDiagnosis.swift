import Alerting
import Inspection
import Settings
import StreamModel

/// What two looks at a target's streams tell of them, and of the settings that are about them.
struct StreamsDiagnosis {
    private static let mostLines = 20

    private let target: TargetSettings
    private let settings: Settings
    private let first: StreamResults
    private let second: StreamResults
    private let sample: TargetSample
    private let isComplete: Bool
    private let times: [Name: Timestamp]

    /// `isComplete`: all keys have been looked through; `now`: weir's clock.
    init(
        _ target: TargetSettings, _ settings: Settings, from first: TargetSample, to second: TargetSample,
        isComplete: Bool, at now: Timestamp
    ) {
        self.target = target
        self.settings = settings
        self.first = first.streams
        self.second = second.streams
        sample = second
        self.isComplete = isComplete
        var times: [Name: Timestamp] = [:]
        for node in second.nodes {
            guard let offset = node.clockOffsetMilliseconds else { continue }
            for name in node.streams.keys { times[name] = now.advanced(byMilliseconds: offset) }
        }
        self.times = times
    }

    var lines: [DiagnosisLine] {
        let largest = second.seen.sorted { left, right in
            (right.stream.memoryBytes ?? 0, right.stream.length, left.name)
                < (left.stream.memoryBytes ?? 0, left.stream.length, right.name)
        }
        var lines = largest.prefix(Self.mostLines).map { DiagnosisLine(.ok, text(of: $0.name, $0.stream)) }
        if largest.count > Self.mostLines {
            lines.append(DiagnosisLine(.ok, "and \(largest.count - Self.mostLines) more"))
        }
        for (name, result) in second.sorted(by: { $0.key < $1.key }) {
            guard case .failure(let error) = result, error != .noSuchKey, lines.count < 2 * Self.mostLines else {
                continue
            }
            lines.append(DiagnosisLine(.warn, "\(name): \(error)"))
        }
        if !isComplete { lines.append(DiagnosisLine(.note, "not all keys could be looked through: there may be more")) }
        let own = target.shard == nil ? "" : " of this shard"
        return lines.isEmpty ? [DiagnosisLine(.note, "no stream\(own) was found")] : lines
    }

    private func text(of name: Name, _ stream: StreamObservation) -> String {
        let memory = stream.memoryBytes.map { ", \(CostText.bytes(Int(clamping: $0)))" } ?? ""
        let size = Self.entryBytes(stream).map { ", about \(CostText.bytes($0)) each" } ?? ""
        let pending = stream.groups.reduce(0) { $0 + $1.pending }
        let before = first[name].flatMap { try? $0.get() }
        let trimming = TrimmingInference(from: before, to: stream, at: times[name])
        return "\(name): \(counted(stream.length, "entry", "entries"))\(size)\(memory), "
            + "\(counted(Int64(stream.groups.count), "group", "groups")), \(pending) pending; \(trimming)"
    }

    /// Nil where it is not known, or lost in what a stream takes without entries.
    private static func entryBytes(_ stream: StreamObservation) -> Int? {
        guard let memory = stream.memoryBytes, stream.length > 0 else { return nil }
        let bytes = StreamCost.entryBytes(memory: memory, length: stream.length)
        return bytes > 0 ? bytes : nil
    }

    /// What is wrong with the settings, as far as it can be seen from here.
    var settingsLines: [DiagnosisLine] { absent + unmatched + expected + limits }

    private var absent: [DiagnosisLine] {
        second.filter { $0.value == .failure(.noSuchKey) }.keys.sorted()
            .map { DiagnosisLine(.warn, "streams: there is no stream \($0)") }
    }

    private var unmatched: [DiagnosisLine] {
        // Another shard may have what matches.
        guard isComplete, target.shard == nil else { return [] }
        return target.streams.filter { pattern in
            pattern.exactName == nil && pattern != Glob("*") && !sample.watched.contains { pattern.matches($0) }
        }.map { DiagnosisLine(.warn, "streams: no stream matches \($0)") }
    }

    private var expected: [DiagnosisLine] {
        let shown = LogicalStreams(target.logicalStreams)
        var groups: Set<TargetAlertSettings.ExpectedGroup> = []
        var (names, unread): (Set<Name>, Set<Name>) = ([], [])
        for (key, result) in second {
            let name = shown.displayedName(of: key)
            names.insert(name)
            switch result {
            case .success(let stream):
                for group in stream.groups { groups.insert(.init(stream: name, group: group.name)) }
            case .failure(.noSuchKey), .failure(.wrongType): continue
            case .failure: unread.insert(name)
            }
        }
        // Nobody knows what is in a stream that could not be read, or was not found yet.
        return settings.alerts.target(target.name).expected
            .filter { !groups.contains($0) && !unread.contains($0.stream) && (isComplete || names.contains($0.stream)) }
            .map { DiagnosisLine(.warn, "expect: the stream \($0.stream) has no group \($0.group)") }
    }

    private var limits: [DiagnosisLine] {
        let large = second.values.count { result in
            (try? result.get()).flatMap(Self.entryBytes).map { 2 * $0 > settings.poll.payloadGuard } ?? false
        }
        return [
            sample.notSampled == 0
                ? nil : DiagnosisLine(.warn, "max_streams: \(sample.notSampled) streams are not watched"),
            large == 0
                ? nil
                : DiagnosisLine(
                    .note,
                    "payload_guard: the entries of \(large) streams are larger; their IDs are looked at once in 200 polls"
                ),
        ].compactMap(\.self)
    }
}
