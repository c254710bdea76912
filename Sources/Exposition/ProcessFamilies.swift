import StreamModel

extension MetricFamily {
    static let processFamilies: [MetricFamily] = [
        MetricFamily(
            "weir_build_info", .gauge, labels: ["version"], "The version of weir; the value is always 1.",
            .process { [MetricSample(.integer(1), ["version": $0.version])] }),
        process(
            "weir_config_last_reload_successful", .gauge,
            "Whether the configuration in force is the one on disk: 0 after a bad reload."
        ) {
            MetricValue($0.lastReloadSucceeded)
        },
        process(
            "weir_state_files_set_aside_total", .counter,
            "Files under state_dir that could not be read or understood: weir has renamed them and does without."
        ) {
            .unsigned($0.stateFilesSetAside)
        },
        process(
            "weir_state_write_failures_total", .counter,
            "Attempts to write a file under state_dir that failed: what it would have said is in memory only."
        ) {
            .unsigned($0.stateWriteFailures)
        },
        MetricFamily(
            "weir_notifications_total", .counter, labels: ["channel", "result"],
            "Notifications by result: delivered: the receiver has taken it; failed: an attempt, and another will follow; "
                + "rejected: the receiver will never take it; dropped: too many waited.",
            .process { process in
                process.channels.flatMap { channel in
                    channel.notifications.map { result, count in
                        MetricSample(.unsigned(count), ["channel": channel.name, "result": result])
                    }
                }
            }),
        MetricFamily(
            "weir_notification_queue_length", .gauge, labels: ["channel"],
            "Notifications that wait to be delivered, over all receivers of the channel.",
            .process { process in
                process.channels.map { MetricSample(.integer(Int64($0.waiting)), ["channel": $0.name]) }
            }),
        process("process_cpu_seconds_total", .counter, "Processor time that weir has used.") { .real($0.cpuSeconds) },
        process("process_resident_memory_bytes", .gauge, "Resident memory of weir.") { .integer($0.residentBytes) },
        process("process_virtual_memory_bytes", .gauge, "Address space of weir.") { .integer($0.virtualBytes) },
        process("process_open_fds", .gauge, "File descriptors that weir has open.") {
            .integer($0.openFileDescriptors)
        },
        process("process_max_fds", .gauge, "File descriptors that weir may have open.") {
            .integer($0.maxFileDescriptors)
        },
        process("process_start_time_seconds", .gauge, "When weir started, in Unix time.") {
            .real($0.startTimeSeconds)
        },
    ]

    private static func process(
        _ name: String, _ kind: Kind, _ help: String,
        _ value: @escaping @Sendable (ProcessSnapshot) -> MetricValue
    ) -> MetricFamily {
        MetricFamily(name, kind, help, .process { [MetricSample(value($0))] })
    }
}
