import Exposition
import Synchronization
import Testing

@testable import WeirDaemon

@Suite("The cache of pages")
struct PageCacheTests {
    private static let metrics = PageCache.Key(page: .metrics(.text, target: nil), isCompressed: false)
    private static let compressed = PageCache.Key(page: .metrics(.text, target: nil), isCompressed: true)
    private static let snapshot = PageCache.Key(page: .snapshot(hasHistory: false), isCompressed: false)

    /// A board of which only the version counts, and what was made from it.
    private final class Press: Sendable {
        let version = Mutex<UInt64>(1)
        private let made = Mutex<[PageCache.Key]>([])

        func make(_ key: PageCache.Key) -> PageBody {
            made.withLock { $0.append(key) }
            return PageBody(body: [UInt8](), isCompressed: key.isCompressed, version: version.withLock(\.self))
        }

        /// The board changes, and what was asked for is made anew.
        func change(_ cache: PageCache) {
            let version = version.withLock { version in
                version += 1
                return version
            }
            cache.refresh(version: version)
        }

        /// What was made since the last time.
        func takeMade() -> [PageCache.Key] {
            made.withLock { made in
                defer { made = [] }
                return made
            }
        }
    }

    private let press = Press()
    private let cache: PageCache

    init() {
        cache = PageCache(make: press.make)
    }

    @Test("makes a page when it is first asked for, and once for each state of the board")
    func once() {
        #expect(press.takeMade().isEmpty)
        for _ in 0..<3 { #expect(cache.page(Self.metrics).version == 1) }
        #expect(press.takeMade() == [Self.metrics])
        press.change(cache)
        for _ in 0..<3 { #expect(cache.page(Self.metrics).version == 2) }
        #expect(press.takeMade() == [Self.metrics])
    }

    @Test("makes beforehand what was asked for since the last state, and nothing else")
    func refresh() {
        press.change(cache)
        #expect(press.takeMade().isEmpty)
        _ = cache.page(Self.metrics)
        _ = cache.page(Self.snapshot)
        #expect(Set(press.takeMade()) == [Self.metrics, Self.snapshot])
        press.change(cache)
        #expect(Set(press.takeMade()) == [Self.metrics, Self.snapshot])
        _ = cache.page(Self.metrics)
        #expect(press.takeMade().isEmpty)
        press.change(cache)
        #expect(press.takeMade() == [Self.metrics])
        press.change(cache)
        #expect(press.takeMade().isEmpty)
    }

    @Test("keeps the compressed page and the plain one apart")
    func compression() {
        #expect(cache.page(Self.compressed).isCompressed)
        #expect(!cache.page(Self.metrics).isCompressed)
        #expect(press.takeMade() == [Self.compressed, Self.metrics])
    }

    @Test("never replaces a page by one of an older state that was longer in the making")
    func slowRefresh() {
        // While the page of state 1 is made, the board changes and the page of state 2 is made.
        let inner = Mutex<PageCache?>(nil)
        let calls = Mutex(0)
        let cache = PageCache { key in
            let call = calls.withLock { calls in
                calls += 1
                return calls
            }
            guard call == 1 else { return PageBody(body: [UInt8](), isCompressed: false, version: 2) }
            inner.withLock(\.self)?.refresh(version: 2)
            return PageBody(body: [UInt8](), isCompressed: false, version: 1)
        }
        inner.withLock { $0 = cache }
        #expect(cache.page(Self.metrics).version == 1)
        #expect(cache.page(Self.metrics).version == 2)
        // A refresh that comes late with an older state changes nothing either.
        cache.refresh(version: 1)
        #expect(cache.page(Self.metrics).version == 2)
        #expect(calls.withLock(\.self) == 3)
    }

    @Test("never replaces a page by an older one that somebody else asked for earlier")
    func slowAsker() {
        let inner = Mutex<PageCache?>(nil)
        let calls = Mutex(0)
        let cache = PageCache { key in
            let call = calls.withLock { calls in
                calls += 1
                return calls
            }
            guard call == 1 else { return PageBody(body: [UInt8](), isCompressed: false, version: 2) }
            // The board has changed, its refresh is still to come, and another client is quicker.
            #expect(inner.withLock(\.self)?.page(Self.metrics).version == 2)
            return PageBody(body: [UInt8](), isCompressed: false, version: 1)
        }
        inner.withLock { $0 = cache }
        _ = cache.page(Self.metrics)
        #expect(cache.page(Self.metrics).version == 2)
    }
}
