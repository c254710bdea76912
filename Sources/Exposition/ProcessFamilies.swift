import StreamModel

extension MetricFamily {
    static let processFamilies: [MetricFamily] = [
        MetricFamily(
            "weir_build_info", .gauge, labels: ["version"], "The version of weir; the value is always 1.",
            .process { [MetricSample(.integer(1), ["version": $0.version])] }),
        process(
            "weir_config_last_reload_successful",
            "Whether the configuration in force is the one on disk: 0 after a bad reload."
        ) {
            MetricValue($0.lastReloadSucceeded)
        },
        MetricFamily(
            "process_cpu_seconds_total", .counter, "Processor time that weir has used.",
            .process { [MetricSample(.real($0.cpuSeconds))] }),
        process("process_resident_memory_bytes", "Resident memory of weir.") { .integer($0.residentBytes) },
        process("process_virtual_memory_bytes", "Address space of weir.") { .integer($0.virtualBytes) },
        process("process_open_fds", "File descriptors that weir has open.") { .integer($0.openFileDescriptors) },
        process("process_max_fds", "File descriptors that weir may have open.") { .integer($0.maxFileDescriptors) },
        process("process_start_time_seconds", "When weir started, in Unix time.") { .real($0.startTimeSeconds) },
    ]

    private static func process(
        _ name: String, _ help: String, _ value: @escaping @Sendable (ProcessSnapshot) -> MetricValue
    ) -> MetricFamily {
        MetricFamily(name, .gauge, help, .process { [MetricSample(value($0))] })
    }
}
