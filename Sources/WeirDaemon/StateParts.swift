import Delivery
import Logging
import Platform
import StateFiles

/// What weir keeps under `state_dir`, each part with a thread of its own.
struct StateParts {
    let store: StateStore
    let alerts: AlertFile

    /// Nil where there is no such folder, or it is of no use: that must not stop the watch, so weir goes on without, and
    /// says so.
    static func open(_ path: String?, tally: StateTally, logger: Logger) -> StateParts? {
        let consequence =
            "a restart forgets the losses and deliveries counted so far, which groups had consumers, "
            + "since when entries have been pending, what fires, and which notifications have not been delivered"
        guard let path else {
            logger.info("no state_dir: \(consequence)")
            return nil
        }
        do throws(StateFolderError) {
            let folder = try StateFolder(path)
            return StateParts(
                store: try StateStore(folder: folder, tally: tally, logger: logger),
                alerts: try AlertFile(folder: folder, tally: tally))
        } catch {
            tally.countWriteFailure()
            logger.error("state_dir cannot be used, so that \(consequence): \(error)")
            return nil
        }
    }
}
