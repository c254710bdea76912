package import Logging

extension StateFolder {
    /// Renames a file that is of no use, counts it and says so.
    package func setAside(_ name: String, because error: StateFileError, _ tally: StateTally, _ logger: Logger) {
        tally.countFileSetAside()
        do {
            let aside = try setAside(name)
            logger.warning("a state file is of no use: \(error)", metadata: ["renamed": "\(aside)"])
        } catch let failure {
            logger.warning("a state file is of no use: \(error); and \(failure)")
        }
    }
}
