import Delivery
import Exposition
import Glibc
import StateFiles

extension ProcessSnapshot {
    /// weir's own process as `/proc/self` shows it; what cannot be read is 0.
    static func current(
        startTimeSeconds: Double, lastReloadSucceeded: Bool, state: StateTally.Counts,
        channels: [String: DeliveryTally.Channel], remediation: RemediationFigures
    ) -> ProcessSnapshot {
        var usage = rusage()
        unsafe getrusage(RUSAGE_SELF.rawValue, &usage)
        var limit = rlimit()
        unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        let pages = memoryPages()
        let pageSize = Int64(sysconf(Int32(_SC_PAGESIZE)))
        var snapshot = ProcessSnapshot(
            version: Version.current, startTimeSeconds: startTimeSeconds,
            cpuSeconds: usage.ru_utime.seconds + usage.ru_stime.seconds,
            residentBytes: pages.resident * pageSize, virtualBytes: pages.total * pageSize,
            openFileDescriptors: openDescriptors(), maxFileDescriptors: Int64(clamping: limit.rlim_cur),
            lastReloadSucceeded: lastReloadSucceeded, stateFilesSetAside: state.filesSetAside,
            stateWriteFailures: state.writeFailures)
        snapshot.channels = channels.sorted { $0.key < $1.key }.map { name, channel in
            ChannelFigures(
                name: name,
                notifications: DeliveryTally.Result.allCases.map { ($0.rawValue, channel.results[$0] ?? 0) },
                waiting: channel.waiting)
        }
        snapshot.remediation = remediation
        return snapshot
    }

    /// `/proc/self/statm`: the address space and the resident part of it, in pages.
    private static func memoryPages() -> (total: Int64, resident: Int64) {
        let descriptor = unsafe open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return (0, 0) }
        defer { close(descriptor) }
        var text = [UInt8](repeating: 0, count: 256)
        let count = unsafe text.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
        let fields = String(decoding: text.prefix(max(0, count)), as: UTF8.self).split(separator: " ")
        guard fields.count >= 2 else { return (0, 0) }
        return (Int64(fields[0]) ?? 0, Int64(fields[1]) ?? 0)
    }

    private static func openDescriptors() -> Int64 {
        guard let folder = unsafe opendir("/proc/self/fd") else { return 0 }
        defer { unsafe closedir(folder) }
        var count: Int64 = 0
        while unsafe readdir(folder) != nil { count += 1 }
        // Not ".", not "..", and not the descriptor that the count itself takes.
        return max(0, count - 3)
    }
}

extension timeval {
    fileprivate var seconds: Double { Double(tv_sec) + Double(tv_usec) / 1_000_000 }
}
