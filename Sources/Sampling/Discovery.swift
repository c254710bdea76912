package import RedisClient
package import StreamModel

/// Finds the streams of a target on all its servers, one bounded step at a time.
///
/// New streams are watched as soon as they are seen; those that a whole pass did not see are dropped at its end (a key
/// that is gone is dropped earlier, by the poll that misses it).
package struct Discovery: Sendable {
    private let selection: StreamSelection
    /// By the servers' names: those of the pass under way.
    private var scans: [String: KeyScan] = [:]
    private var isPassUnderWay = false
    /// Why a server could not be looked through in the pass under way: then nothing is known to be gone.
    private var passError: SampleError?
    private var isPassIncomplete = false
    private var seen: Set<Name> = []
    /// Beyond the limit, by the pass under way and by the last.
    private var overflow = Overflow()
    private var lastOverflow: Overflow
    package private(set) var watched: Set<Name> { didSet { changes += 1 } }
    /// How often `watched` may have changed.
    private(set) var changes: UInt64 = 0
    package private(set) var error: SampleError?
    /// Whether a first pass has ended, well or not.
    package private(set) var hasFinishedOnce: Bool

    package init(_ selection: StreamSelection) {
        self.selection = selection
        let exact = selection.exactNames
        watched = Set(exact.prefix(selection.limit))
        lastOverflow = Overflow(exact.dropFirst(selection.limit))
        hasFinishedOnce = !selection.needsScan
    }

    /// How many streams are there beyond the limit.
    package var notSampled: Int { worse.count }

    /// Some of their names, sorted.
    package var namesNotSampled: [Name] { worse.sortedNames }

    /// A pass may yet find what the last one found.
    private var worse: Overflow { overflow.count > lastOverflow.count ? overflow : lastOverflow }

    package var isUnderWay: Bool { isPassUnderWay }

    /// The servers that the pass has not looked through yet.
    package var nodesUnderWay: [String] { scans.filter { $0.value.isUnderWay }.map(\.key) }

    /// Whether a stream of that name is to be watched, where there is one.
    package func wants(_ name: Name) -> Bool { selection.wants(name) }

    /// Starts a pass over the keys of these servers, unless one is under way or none is needed.
    package mutating func begin(on nodes: some Sequence<String>) {
        guard selection.needsScan, !isUnderWay else { return }
        let known = scans
        scans = Dictionary(nodes.map { ($0, known[$0] ?? KeyScan(selection)) }) { $1 }
        for node in scans.keys { scans[node]?.begin() }
        isPassUnderWay = !scans.isEmpty
        isPassIncomplete = false
        passError = nil
        seen = Set(selection.exactNames)
        // Those named beyond the limit may not be among the keys that the server is asked to list.
        overflow = Overflow(selection.exactNames.filter { !watched.contains($0) })
    }

    /// Ends the pass that the end of all connections cut short: a cursor means nothing to a server that has restarted.
    package mutating func abandonPass() {
        for node in scans.keys { scans[node]?.abandon() }
        isPassUnderWay = false
    }

    /// The pass has to do without the rest of that server's keys.
    package mutating func abandonPass(on node: String) {
        guard scans[node]?.isUnderWay == true else { return }
        scans[node]?.abandon()
        isPassIncomplete = true
        finishWhereDone()
    }

    /// A server has come that the pass under way does not look through: what moves there is not gone.
    package mutating func noteNewNode() {
        if isPassUnderWay { isPassIncomplete = true }
    }

    /// The stream was found by pattern, and its key is gone.
    package mutating func forget(_ name: Name) {
        guard watched.contains(name), !selection.exactNames.contains(name) else { return }
        watched.remove(name)
    }

    /// These were there while the pass was under way: a key may move from a server that it has not looked through yet to one
    /// that it has.
    package mutating func confirm(_ names: some Sequence<Name>) {
        if isUnderWay { seen.formUnion(names) }
    }

    /// What to ask the server next; empty where nothing is left to be asked.
    package func nextCommands(on node: String) -> [RedisCommand] { scans[node]?.nextCommands() ?? [] }

    /// Takes the replies to `nextCommands`.
    package mutating func ingest(_ replies: [RedisReply], from node: String) {
        // Not in two places: each would copy what the other changes.
        guard scans[node]?.isUnderWay == true, var scan = scans.removeValue(forKey: node) else { return }
        do throws(SampleError) {
            for name in try scan.ingest(replies) { find(name) }
        } catch {
            passError = error
            isPassIncomplete = true
        }
        scans[node] = scan
        finishWhereDone()
    }

    private mutating func find(_ name: Name) {
        if watched.contains(name) {
            seen.insert(name)
        } else if watched.count < selection.limit {
            watched.insert(name)
            seen.insert(name)
        } else {
            overflow.insert(name)
        }
    }

    private mutating func finishWhereDone() {
        guard isPassUnderWay, !scans.values.contains(where: \.isUnderWay) else { return }
        if isPassIncomplete {
            lastOverflow = worse
        } else {
            watched.formIntersection(seen)
            lastOverflow = overflow
        }
        error = passError
        overflow = Overflow()
        isPassUnderWay = false
        hasFinishedOnce = true
        seen = []
    }
}
