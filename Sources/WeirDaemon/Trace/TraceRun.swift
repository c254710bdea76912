package import Inspection
import Platform
import RedisClient
package import Settings
package import StreamModel
import Terminal

/// What `weir trace` does: finds the stream among the targets, and says what became of one of its entries.
package struct TraceRun: Sendable {
    /// Candidates that are named where several entries are meant.
    private static let mostCandidates = 10

    private let targets: [TargetSettings]
    private let poll: PollSettings
    private let stream: Name
    private let entry: EntryReference
    private let wait: Duration
    private let isJSON: Bool

    /// `wait`: between two looks, which tell how fast the groups are; 0: one look.
    package init(
        of entry: EntryReference, in stream: Name, at targets: [TargetSettings], _ poll: PollSettings, wait: Duration,
        isJSON: Bool
    ) {
        (self.targets, self.poll, self.stream, self.entry) = (targets, poll, stream, entry)
        (self.wait, self.isJSON) = (wait, isJSON)
    }

    /// Gives the exit status: 0 found out, 1 no such stream or no group, 3 Redis cannot be read, or does not tell what became
    /// of it in any group, 64 ambiguous.
    package func run(_ say: @Sendable (String) -> Void) async -> Int32 {
        var found: [(target: TargetSettings, inspector: EntryInspector)] = []
        var areAllKnown = true
        for (target, result) in await look() {
            switch result {
            case .success(let inspector?): found.append((target, inspector))
            case .success(nil): break
            case .failure(let error):
                areAllKnown = false
                complain("\(target.name): \(error)")
            }
        }
        guard let first = found.first else {
            if areAllKnown { complain("there is no stream \(stream)") }
            return areAllKnown ? 1 : 3
        }
        guard found.count == 1 else {
            let names = found.map(\.target.name).joined(separator: ", ")
            complain("several targets have a stream \(stream): \(names). Choose one with --target.")
            return 64
        }
        var inspector = first.inspector
        do throws(InspectionError) {
            guard let id = try await id(&inspector) else { return 64 }
            let (node, trace) = try await trace(id, &inspector)
            if isJSON {
                let document = TraceDocument(
                    trace, stream: stream, node: node, target: first.target.name, at: SteadyClock.wall)
                say(String(decoding: document.json(), as: UTF8.self))
            } else {
                trace.lines(stream: stream, node: node, target: first.target.name).forEach(say)
            }
            guard let unknown = trace.unknown else { return trace.groups.isEmpty ? 1 : 0 }
            complain("\(first.target.name): what became of it is not known of any group: \(unknown)")
            return 3
        } catch {
            complain("\(first.target.name): \(error)")
            return error == .stream(.noSuchKey) ? 1 : 3
        }
    }

    /// Which targets have the stream, in their order; all are asked at once, so that one that is down delays no other much.
    private func look() async -> [(TargetSettings, Result<EntryInspector?, InspectionError>)] {
        let results = await withTaskGroup(of: (Int, Result<EntryInspector?, InspectionError>).self) { group in
            for (index, target) in targets.enumerated() {
                group.addTask { (index, await look(at: target)) }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        return targets.enumerated().compactMap { index, target in results[index].map { (target, $0) } }
    }

    private func look(at target: TargetSettings) async -> Result<EntryInspector?, InspectionError> {
        var inspector = EntryInspector(
            topology: target.topology, timeout: poll.timeout, payloadGuard: poll.payloadGuard)
        do throws(InspectionError) {
            return .success(try await inspector.has(stream, at: SteadyClock.wall) ? inspector : nil)
        } catch {
            return .failure(error)
        }
    }

    /// Nil where it is not clear which entry is meant; then that has been said.
    private func id(_ inspector: inout EntryInspector) async throws(InspectionError) -> StreamID? {
        switch entry {
        case .one(let id): return id
        case .millisecond(let milliseconds):
            let ids = try await inspector.entries(in: milliseconds, of: stream, limit: Self.mostCandidates + 1)
            guard ids.count > 1 else { return ids.first ?? StreamID(milliseconds: milliseconds, sequence: 0) }
            let shown = ids.prefix(Self.mostCandidates)
            let more = shown.count < ids.count ? " and more" : ""
            complain("several entries were added then: \(shown.map(\.description).joined(separator: ", "))\(more)")
            return nil
        }
    }

    private func trace(
        _ id: StreamID, _ inspector: inout EntryInspector
    ) async throws(InspectionError) -> (node: String, EntryTrace) {
        let start = ContinuousClock.now
        let (node, first) = try await inspector.look(at: id, of: stream)
        let trace = EntryTrace(first)
        guard wait > .zero, trace.isAwaited else { return (node, trace) }
        try? await Task.sleep(for: wait)
        let between = (ContinuousClock.now - start) / .seconds(1)
        let (nodeNow, second) = try await inspector.look(at: id, of: stream)
        return (nodeNow, EntryTrace(second, after: (first, between)))
    }

    private func complain(_ text: String) { StandardError.write(VisibleText.escaping(text) + "\n") }
}
