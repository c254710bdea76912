/// How long a group's entries are held, from delivery to acknowledgement.
package struct HoldQuantiles: Equatable, Sendable {
    package var medianSeconds: Double
    package var p99Seconds: Double

    package init(medianSeconds: Double, p99Seconds: Double) {
        self.medianSeconds = medianSeconds
        self.p99Seconds = p99Seconds
    }
}
