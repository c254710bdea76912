import Synchronization

/// Pages that are made at most once for each state of the board, and copied to whoever asks.
///
/// A page is made when it is first asked for; from then on, for as long as it is asked for between two polls, the
/// poller makes it anew beforehand, so that a scrape never waits for rendering. What nobody asks for is not kept.
final class PageCache: Sendable {
    struct Key: Hashable, Sendable {
        var page: Page
        var isCompressed: Bool
    }

    private struct State {
        /// Of the board, when the pages were made.
        var version: UInt64 = 0
        var pages: [Key: PageBody] = [:]
        var asked: Set<Key> = []
    }

    private let state = Mutex(State())
    private let make: @Sendable (Key) -> PageBody

    /// `make` renders a page from the board as it is.
    init(make: @escaping @Sendable (Key) -> PageBody) {
        self.make = make
    }

    /// The page, from the last time that `refresh` was called.
    func page(_ key: Key) -> PageBody {
        let kept = state.withLock { state in
            state.asked.insert(key)
            return state.pages[key]
        }
        if let kept { return kept }
        // Outside the lock: nobody waits for a page that somebody else asked for.
        let made = make(key)
        state.withLock { state in
            // Meanwhile the board may have changed, and somebody else's page may be of its newer state.
            let newest = max(state.version, state.pages[key]?.version ?? 0)
            if made.version >= newest { state.pages[key] = made }
        }
        return made
    }

    /// The board has changed: makes anew what was asked for since the last time, and drops the rest.
    func refresh(version: UInt64) {
        let asked = state.withLock { state in
            let asked = state.asked
            state.asked = []
            return asked
        }
        var pages: [Key: PageBody] = [:]
        for key in asked { pages[key] = make(key) }
        state.withLock { state in
            // Another target's poller may have been quicker, with a newer state.
            guard version >= state.version else { return }
            state.version = version
            state.pages = pages
        }
    }
}
