package import StateFiles
package import StreamModel

/// The pause in a weir's folder, for whoever asks for it: a guest beside the weir that runs there.
package struct PauseFolder: Sendable {
    private let folder: StateFolder

    package init(_ path: String) throws(StateFolderError) {
        folder = try StateFolder(path, isGuest: true)
    }

    /// Whether a weir has ever run there: else nobody may be paused.
    package var hasHadWeir: Bool { folder.hasHadOwner }

    /// From now on remediation does nothing, for this reason, until `end`; it goes on being paused if it was.
    package func begin(reason: String, at now: Timestamp) throws(StateFileError) {
        // One that cannot be read counts as a pause too, but nobody knows since when.
        let earlier = try? folder.read(Pause.file)
        try folder.write(Pause(reason: reason, since: earlier?.since ?? now), to: Pause.file.name)
    }

    /// Ends the pause, whatever its file says; false: there was none.
    package func end() throws(StateFileError) -> Bool {
        try folder.delete(Pause.file.name)
    }
}
