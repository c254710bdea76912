import Platform
import StateFiles

/// Looks whether somebody has paused remediation.
///
/// It fails safe: a pause that cannot be read is one, and stays where it is.
struct PauseWatch: Sendable {
    /// A reason is shown on pages and with every refusal: more of it nobody reads.
    private static let longestReason = 500

    /// Nil: there is no folder.
    let store: StateStore?
    /// The settings name a folder for state: without its store a pause could not be seen.
    let hasFolder: Bool

    /// Reads the folder on the store's thread, where it may block.
    func pauseState() async -> PauseState {
        guard let store else {
            return hasFolder
                ? .paused(reason: "state_dir cannot be used: a pause could not be seen", since: nil) : .running
        }
        do throws(StateFileError) {
            guard let pause = try await store.read(Pause.file) else { return .running }
            let reason = String(String.UnicodeScalarView(pause.reason.unicodeScalars.prefix(Self.longestReason)))
            return .paused(reason: reason, since: pause.since)
        } catch {
            return .paused(reason: "\(Pause.file.name) cannot be read: \(Self.trouble(error))", since: nil)
        }
    }

    /// Without the path, which is nobody's business who reads a page.
    private static func trouble(_ error: StateFileError) -> String {
        switch error {
        case .cannotRead(_, let error), .cannotWrite(_, let error), .cannotSetAside(_, let error),
            .cannotRemove(_, let error):
            "\(error)"
        case .notUnderstood(_, let error), .cannotEncode(_, let error): "\(error)"
        case .notAFile: "it is not a file"
        case .tooLarge(_, let limit): "it is larger than \(limit) bytes"
        }
    }
}
