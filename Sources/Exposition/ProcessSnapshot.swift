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
    /// Since weir started.
    package var stateFilesSetAside: UInt64
    /// Since weir started.
    package var stateWriteFailures: UInt64
    /// By name.
    package var channels: [ChannelFigures] = []
    package var remediation = RemediationFigures()

    /// What has become of the notifications to one channel since weir started.
    package struct ChannelFigures: Equatable, Sendable {
        package var name: String
        /// By result, in order.
        package var notifications: [(result: String, count: UInt64)]
        package var waiting: Int

        package init(name: String, notifications: [(result: String, count: UInt64)], waiting: Int) {
            self.name = name
            self.notifications = notifications
            self.waiting = waiting
        }

        package static func == (left: ChannelFigures, right: ChannelFigures) -> Bool {
            left.name == right.name && left.waiting == right.waiting
                && left.notifications.elementsEqual(right.notifications) { $0 == $1 }
        }
    }

    package init(
        version: String, startTimeSeconds: Double, cpuSeconds: Double, residentBytes: Int64, virtualBytes: Int64,
        openFileDescriptors: Int64, maxFileDescriptors: Int64, lastReloadSucceeded: Bool,
        stateFilesSetAside: UInt64, stateWriteFailures: UInt64
    ) {
        self.version = version
        self.startTimeSeconds = startTimeSeconds
        self.cpuSeconds = cpuSeconds
        self.residentBytes = residentBytes
        self.virtualBytes = virtualBytes
        self.openFileDescriptors = openFileDescriptors
        self.maxFileDescriptors = maxFileDescriptors
        self.lastReloadSucceeded = lastReloadSucceeded
        self.stateFilesSetAside = stateFilesSetAside
        self.stateWriteFailures = stateWriteFailures
    }
}
