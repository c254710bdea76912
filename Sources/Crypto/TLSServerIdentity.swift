import Synchronization

/// A server's credentials, as its files are at the moment.
package final class TLSServerIdentity: Sendable {
    /// What came of reading files that have changed.
    package enum News: Sendable {
        case renewed
        /// The credentials from before stay in force.
        case refused(TLSError)
    }

    private struct State: Sendable {
        var credentials: TLSServerCredentials
        var stamps: [FileStamp?]
    }

    private let settings: TLSServerSettings
    private let report: @Sendable (News) -> Void
    private let state: Mutex<State>

    /// Reads the files; `report` is told whenever they have changed since.
    package init(_ settings: TLSServerSettings, report: @escaping @Sendable (News) -> Void) throws(TLSError) {
        self.settings = settings
        self.report = report
        // Before they are read: what changes meanwhile is read again.
        let stamps = settings.stamps
        state = Mutex(State(credentials: try TLSServerCredentials(settings), stamps: stamps))
    }

    /// The credentials for a session that begins now.
    ///
    /// Looks at the files, and reads them where they are others than when they were last read, whatever came of it
    /// then.
    package var current: TLSServerCredentials {
        let stamps = settings.stamps
        let (credentials, news): (TLSServerCredentials, News?) = state.withLock { state in
            guard stamps != state.stamps else { return (state.credentials, nil) }
            state.stamps = stamps
            do throws(TLSError) {
                state.credentials = try TLSServerCredentials(settings)
                return (state.credentials, .renewed)
            } catch {
                return (state.credentials, .refused(error))
            }
        }
        if let news { report(news) }
        return credentials
    }
}
