import Exposition
import StreamModel
import TestSupport
import Testing

@Suite("The metrics page of anything")
struct MetricsPageTests {
    /// What a family's samples are labelled with beside what every sample of their kind is.
    private static let ownLabels: [String: Set<String>] = [
        "redis_instance_info": ["kind", "role", "run_id", "version"],
        "redis_errors_total": ["err"],
        "redis_connected_slave_lag_seconds": ["slave_ip", "slave_port", "slave_state"],
        "weir_polls_total": ["result"],
        "weir_poll_bytes_total": ["direction"],
        "weir_build_info": ["version"],
    ]

    private func pages(
        _ seed: UInt64, _ format: MetricsFormat, _ check: (ParsedPage, [TargetSnapshot]) throws -> Void
    ) throws {
        var snapshots = RandomSnapshots(random: SplitMix64(seed: seed))
        for _ in 0..<20 {
            let targets = snapshots.targets()
            let page = MetricsPage(targets, process: GoldenSnapshots.process, format: format).text()
            try check(ParsedPage(page, format: format), targets)
        }
    }

    private static let formats: [MetricsFormat] = [.text, .openMetrics]

    @Test("has its families by name, each in one piece", arguments: formats, UInt64(1)...4)
    func order(format: MetricsFormat, seed: UInt64) throws {
        try pages(seed, format) { page, _ in
            let names = page.families.map(\.name)
            #expect(names == Set(names).sorted())
        }
    }

    @Test("is the same in blocks of any size, and as long as it says", arguments: formats, [1, 7, 64, 1_000, 100_000])
    func blocks(format: MetricsFormat, size: Int) {
        var snapshots = RandomSnapshots(random: SplitMix64(seed: 11))
        for _ in 0..<3 {
            let page = MetricsPage(snapshots.targets(), process: GoldenSnapshots.process, format: format)
            let text = page.text()
            #expect(text.count == page.count)
            #expect(page.text(blockSize: size) == text)
        }
    }

    @Test("has each series once, its labels by name", arguments: formats, UInt64(1)...4)
    func series(format: MetricsFormat, seed: UInt64) throws {
        try pages(seed, format) { page, _ in
            var seen: Set<[String]> = []
            for sample in page.families.flatMap(\.samples) {
                let names = sample.labels.map(\.name)
                #expect(names == Set(names).sorted(), "\(sample)")
                let identity = [sample.name] + sample.labels.map { "\($0.name) \($0.value)" }
                #expect(seen.insert(identity).inserted, "\(sample)")
            }
        }
    }

    @Test("has the labels that its families promise", arguments: formats, UInt64(1)...4)
    func labels(format: MetricsFormat, seed: UInt64) throws {
        try pages(seed, format) { page, _ in
            for parsed in page.families {
                let name = format == .openMetrics && parsed.kind == "counter" ? parsed.name + "_total" : parsed.name
                let family = try #require(MetricFamily.all.first { $0.name == name })
                #expect(parsed.kind == family.kind.rawValue)
                #expect(parsed.help == family.help)
                for sample in parsed.samples {
                    let le: Set<String> = sample.name.hasSuffix("_bucket") ? ["le"] : []
                    let expected = Set(family.labels).union(Self.ownLabels[name] ?? []).union(le)
                    #expect(Set(sample.labels.map(\.name)) == expected, "\(sample)")
                }
            }
        }
    }

    @Test("has every name, whatever it is made of, and no other", arguments: formats, UInt64(1)...4)
    func names(format: MetricsFormat, seed: UInt64) throws {
        try pages(seed, format) { page, targets in
            let streams = targets.flatMap { target in target.streams.map { [target.name, $0.name.text] } }
            #expect(values(page, "redis_stream_sample_age_seconds", ["target", "stream"]) == texts(streams))
            let groups = targets.flatMap { target in
                target.streams.flatMap { stream in stream.groups.map { [target.name, stream.name.text, $0.name.text] } }
            }
            #expect(values(page, "redis_stream_group_consumers", ["target", "stream", "group"]) == texts(groups))
            let consumers = targets.flatMap(\.streams).flatMap(\.groups).flatMap(\.consumers).map { [$0.name.text] }
            #expect(values(page, "redis_stream_group_consumer_idle_seconds", ["consumer"]) == texts(consumers))
        }
    }

    @Test("has histograms that add up", arguments: formats, UInt64(1)...4)
    func histograms(format: MetricsFormat, seed: UInt64) throws {
        try pages(seed, format) { page, targets in
            guard let family = page.families.first(where: { $0.name == "weir_poll_duration_seconds" }) else {
                return #expect(targets.isEmpty)
            }
            for target in targets {
                let label = ParsedPage.Label(name: "target", value: Array(target.name.utf8))
                let own = family.samples.filter { $0.labels.contains(label) }
                let buckets = own.filter { $0.name.hasSuffix("_bucket") }.compactMap { UInt64($0.value) }
                #expect(buckets == buckets.sorted())
                #expect(buckets.count == target.polling.duration.bounds.count + 1)
                #expect(buckets.last == target.polling.duration.count)
                #expect(own.first { $0.name.hasSuffix("_count") }?.value == "\(target.polling.duration.count)")
            }
        }
    }

    @Test("is empty where there is nothing to show, but for the end of OpenMetrics")
    func empty() {
        #expect(MetricsPage([], process: nil, format: .text).text().isEmpty)
        #expect(MetricsPage([], process: nil, format: .openMetrics).text() == Array("# EOF\n".utf8))
    }

    @Test("shows a replica once that stands twice in INFO, with the connection that is alive")
    func replicaTwice() throws {
        var node = NodeObservation()
        node.replicas = [30, 1, 2].map { seconds in
            NodeObservation.Replica(address: "10.0.0.2", port: "6379", state: "online", lagSeconds: seconds)
        }
        var target = GoldenSnapshots.all[0]
        target.nodes = [NodeSnapshot(node: "n", isUp: true, error: nil, observation: node)]
        let page = try ParsedPage(MetricsPage([target], process: nil, format: .text).text(), format: .text)
        let family = try #require(page.families.first { $0.name == "redis_connected_slave_lag_seconds" })
        #expect(family.samples.map(\.value) == ["1"])
    }

    @Test("has units in OpenMetrics that end the names")
    func units() throws {
        let page = MetricsPage(GoldenSnapshots.all, process: GoldenSnapshots.process, format: .openMetrics).text()
        let families = try ParsedPage(page, format: .openMetrics).families
        for family in families {
            if let unit = family.unit { #expect(family.name.hasSuffix("_" + unit)) }
        }
        #expect(families.first { $0.name == "weir_poll_bytes" }?.unit == "bytes")
        #expect(families.first { $0.name == "redis_stream_length" }?.unit == nil)
    }

    /// The values of the labels of a family's samples, as often as they occur.
    private func values(_ page: ParsedPage, _ family: String, _ names: [String]) -> [[[UInt8]]: Int] {
        let samples = page.families.first { $0.name == family }?.samples ?? []
        return count(
            samples.map { sample in names.compactMap { name in sample.labels.first { $0.name == name }?.value } })
    }

    private func texts(_ rows: [[String]]) -> [[[UInt8]]: Int] {
        count(rows.map { $0.map { Array($0.utf8) } })
    }

    private func count(_ rows: [[[UInt8]]]) -> [[[UInt8]]: Int] {
        Dictionary(rows.map { ($0, 1) }, uniquingKeysWith: +)
    }
}
