internal import Crypto
internal import Glibc
internal import Platform

/// Keeps connections within their limits, and runs errands: on one thread beside libmicrohttpd's.
///
/// Whoever has had its time finds its socket shut down, which libmicrohttpd sees as a client that has hung up. The
/// thread wakes only while somebody is connected.
final class ConnectionKeeper: Sendable {
    /// Errands that may wait: with passwords of the usual cost, for less than a second.
    private static let errandLimit = 16
    /// How much the thread leaves others the processor: errands are for strangers, until they are done.
    private static let niceness: Int32 = 10

    private struct Watch: Sendable {
        var table: ConnectionTable
        var errands = FairQueue<Errand>(limit: errandLimit)
        var isStopping = false
        var hasEnded = false
    }

    private let watch: Monitor<Watch>

    init(limits: HTTPLimits) throws(BlockingThreadError) {
        let watch = Monitor(Watch(table: ConnectionTable(limits: limits)))
        self.watch = watch
        try NamedThread.start(name: "http-keeper") {
            // On Linux of this thread alone.
            setpriority(Int32(PRIO_PROCESS.rawValue), 0, Self.niceness)
            while let errand = watch.wait(Self.look, patience: { $0.table.patience }) { errand.run() }
            watch.withLock { $0.hasEnded = true }
            watch.signal()
        }
    }

    /// Declines what waits, ends the thread, and returns when it has ended.
    func stop() {
        let waiting = watch.withLock { watch in
            watch.isStopping = true
            return watch.errands.removeAll()
        }
        watch.signal()
        waiting.forEach { $0.decline() }
        watch.wait { $0.hasEnded ? () : nil }
    }

    /// Has an errand run in its turn, after `beforehand`; false: there is no place for it.
    ///
    /// Owners are served in turn; one that has many errands loses places to one that has few.
    func submit(_ errand: Errand, of owner: [UInt8], beforehand: () -> Void) -> Bool {
        let (isTaken, displaced): (Bool, Errand?) = watch.withLock { watch in
            guard !watch.isStopping else { return (false, nil) }
            switch watch.errands.push(errand, of: owner) {
            case .refused: return (false, nil)
            case .taken:
                beforehand()
                return (true, nil)
            case .takenInPlace(let other):
                beforehand()
                return (true, other)
            }
        }
        if isTaken { watch.signal() }
        displaced?.decline()
        return isTaken
    }

    /// `credentials` are kept until it is closed.
    func open(_ id: ConnectionID, descriptor: Int32, credentials: TLSServerCredentials?) {
        let mustLook = watch.withLock { watch in
            let isFirst = watch.table.isEmpty
            if let other = watch.table.open(id, descriptor: descriptor, credentials: credentials, at: .now) {
                Self.dismiss(other)
            }
            return isFirst || watch.table.isCrowded
        }
        if mustLook { watch.signal() }
    }

    func begin(_ id: ConnectionID) {
        watch.withLock { $0.table.begin(id, at: .now) }
    }

    func end(_ id: ConnectionID) {
        watch.withLock { $0.table.end(id, at: .now) }
    }

    /// To be called before the descriptor is closed: it may be somebody else's afterwards.
    func close(_ id: ConnectionID) {
        watch.withLock { $0.table.close(id) }
    }

    /// The next errand; `.some(nil)`: the end; nil: nothing to do yet.
    private static func look(_ watch: inout Watch) -> Errand?? {
        if watch.isStopping { return .some(nil) }
        watch.table.overdue(at: .now).forEach(dismiss)
        guard let errand = watch.errands.pop() else { return .none }
        return .some(errand)
    }

    private static func dismiss(_ descriptor: Int32) {
        shutdown(descriptor, Int32(SHUT_RDWR))
    }
}
