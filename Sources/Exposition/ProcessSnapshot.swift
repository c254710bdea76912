/// weir's own process at the moment of rendering.
package struct ProcessSnapshot: Equatable, Sendable {
    package var version: String
    package var startTimeSeconds: Double
    package var cpuSeconds: Double
    package var residentBytes: Int64
    package var virtualBytes: Int64
    package var openFileDescriptors: Int64
    package var maxFileDescriptors: Int64
    package var lastReloadSucceeded: Bool

    package init(
        version: String, startTimeSeconds: Double, cpuSeconds: Double, residentBytes: Int64, virtualBytes: Int64,
        openFileDescriptors: Int64, maxFileDescriptors: Int64, lastReloadSucceeded: Bool
    ) {
        self.version = version
        self.startTimeSeconds = startTimeSeconds
        self.cpuSeconds = cpuSeconds
        self.residentBytes = residentBytes
        self.virtualBytes = virtualBytes
        self.openFileDescriptors = openFileDescriptors
        self.maxFileDescriptors = maxFileDescriptors
        self.lastReloadSucceeded = lastReloadSucceeded
    }
}
