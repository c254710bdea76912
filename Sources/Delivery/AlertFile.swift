package import Logging
import Platform
package import StateFiles

/// Where the record of alerting is kept, written and read on a thread of its own: a notification waits for it.
package actor AlertFile {
    private static let name = "alerts.json"

    private let folder: StateFolder
    private let tally: StateTally
    private nonisolated let thread: BlockingThread

    package init(folder: StateFolder, tally: StateTally) throws(StateFolderError) {
        do {
            thread = try BlockingThread.start(name: "alerts")
        } catch {
            throw .noThread(error)
        }
        self.folder = folder
        self.tally = tally
    }

    deinit {
        thread.stop()
    }

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        unsafe thread.asUnownedSerialExecutor()
    }

    /// What was written last; nil where there is nothing, or nothing of use: that has been set aside, with a warning.
    package func load(_ logger: Logger) -> AlertRecord? {
        do throws(StateFileError) {
            guard let bytes = try folder.readBytes(Self.name) else { return nil }
            do throws(StateDocumentError) {
                return try AlertRecord(bytes)
            } catch {
                throw .notUnderstood(path: folder.path(to: Self.name), error)
            }
        } catch {
            folder.setAside(Self.name, because: error, tally, logger)
            return nil
        }
    }

    /// After a return the record outlasts whatever happens.
    package func write(_ record: AlertRecord) throws(StateFileError) {
        do {
            try folder.write(to: Self.name) { file throws(SystemError) in
                try record.write { bytes throws(SystemError) in try file.write(bytes) }
            }
        } catch {
            tally.countWriteFailure()
            throw error
        }
    }
}
