import StreamModel

extension MetricFamily {
    static let streamFamilies: [MetricFamily] = [
        stream("length", "Entries in the stream, at the last sample.") { $0.length.metric },
        stream("groups", "Consumer groups of the stream, at the last sample.") { ($0.counters?.groups).metric },
        stream("radix_tree_keys", "Keys in the stream's radix tree, at the last sample.") {
            ($0.counters?.radixTreeKeys).metric
        },
        stream("radix_tree_nodes", "Nodes in the stream's radix tree, at the last sample.") {
            ($0.counters?.radixTreeNodes).metric
        },
        stream("first_entry_id", "Milliseconds part of the first entry's ID, at the last sample. Absent if empty.") {
            ($0.counters?.firstEntryID?.milliseconds).map { .unsigned($0) }
        },
        stream("last_generated_id", "Milliseconds part of the last generated ID, at the last sample.") {
            ($0.counters?.lastGeneratedID.milliseconds).map { .unsigned($0) }
        },
        stream(
            "max_deleted_entry_id",
            "Milliseconds part of the highest deleted ID, at the last sample. 0: none. Absent before Redis 7.0."
        ) { ($0.counters?.maxDeletedEntryID?.milliseconds).map { .unsigned($0) } },
        MetricFamily(
            "redis_stream_entries_added_total", .counter,
            "Entries ever added to the stream, at the last sample. Absent before Redis 7.0.",
            .stream { ($0.figures?.counters?.entriesAdded).metric }),
        stream(
            "first_entry_age_seconds",
            "Age of the first entry by its ID and the server's clock, at the last poll. "
                + "Absent if the stream is empty or its IDs are not a clock's."
        ) { $0.firstEntryAgeSeconds.metric },
        stream(
            "last_entry_age_seconds",
            "Age of the last entry by its ID and the server's clock, at the last poll. "
                + "Absent if the stream is empty or its IDs are not a clock's."
        ) { $0.lastEntryAgeSeconds.metric },
        stream(
            "memory_bytes",
            "Memory that the stream takes up by MEMORY USAGE, when its turn last came. Absent: not yet, or refused."
        ) { $0.memoryBytes.metric },
        stream(
            "counters_age_seconds",
            "How old the stream's entry IDs, its entries added and its radix tree counts were when this page was made, "
                + "where that is more than redis_stream_sample_age_seconds: entries that are large are asked for less often."
        ) { $0.countersAgeSeconds.metric },
        MetricFamily(
            "redis_stream_sample_success", .gauge,
            "Whether the last attempt to sample the stream succeeded. 0: its other series are absent; where it stands for "
                + "several streams, those of them that rest on the streams that could not be sampled.",
            .stream { MetricValue($0.error == nil && $0.figures?.length != nil) }),
        MetricFamily(
            "redis_stream_sample_age_seconds", .gauge,
            "How old the stream's figures were when this page was made: they are sampled, not live. Absent: it has no "
                + "sample yet.",
            .stream { $0.sampleAgeSeconds.metric }),
    ]

    private static func stream(
        _ name: String, _ help: String, _ value: @escaping @Sendable (StreamSnapshot.Figures) -> MetricValue?
    ) -> MetricFamily {
        MetricFamily("redis_stream_\(name)", .gauge, help, .stream { $0.figures.flatMap(value) })
    }
}
