import Alerting
import CMalloc
import Delivery
import Glibc
import Logging
import Platform
import StateFiles
import StreamModel

/// What judging costs, how soon a receiver has what was judged, and what thousands of undeliverable notifications take.
struct DeliveryBenchmark {
    private static let notifications = 10_000
    private static let rounds = 200

    private let folder: String

    static func run() async throws {
        judge()
        let folder = "/tmp/weir-bench-\(getpid())"
        let benchmark = DeliveryBenchmark(folder: folder)
        try await benchmark.latency()
        try await benchmark.undeliverable()
        for file in ["alerts.json", "lock"] { unsafe unlink("\(folder)/\(file)") }
        unsafe rmdir(folder)
    }

    /// A look at 5,000 streams with two groups each, on which nothing is wrong.
    private static func judge() {
        var evaluator = RuleEvaluator(settings: AlertSettings())
        var machine = IncidentMachine()
        let snapshot = self.snapshot()
        let context = IncidentContext(settings: AlertSettings())
        let times = (0..<20).map { round in
            ContinuousClock().measure {
                let now = Timestamp(milliseconds: Int64(round) * 5000)
                let verdicts = evaluator.evaluate(snapshot, tracked: machine.keys(of: "bench"), at: now)
                _ = machine.ingest(verdicts, of: "bench", at: now, gapMilliseconds: 15_000, context: context)
            }
        }
        print("judging 5,000 streams x 2 groups: \(Report.milliseconds(times.median))")
    }

    private static func snapshot() -> TargetSnapshot {
        let streams = (0..<5_000).map { number in
            let groups = ["a", "b"].map { name in
                var group = GroupSnapshot(
                    name: Name(name), consumerCount: 3, lastDeliveredID: .zero, entriesRead: 10, lag: .exact(0),
                    reportedLag: 0, lagSeconds: 0, pending: PendingSummary(entries: 0), consumers: [],
                    consumersNotShown: 0, error: nil)
                group.status = .ok
                return group
            }
            return StreamSnapshot(
                name: Name("stream:\(number)"), database: 0, node: "127.0.0.1:6379", error: nil,
                sampleAgeSeconds: 1,
                figures: StreamSnapshot.Figures(
                    length: 10, counters: nil, firstEntryAgeSeconds: 10, lastEntryAgeSeconds: 1), groups: groups)
        }
        return TargetSnapshot(
            name: "bench", isUp: true, error: nil, nodes: [], streams: streams.sorted { $0.name < $1.name },
            streamsNotSampled: 0, polling: PollStatistics())
    }

    /// From the hand-over to the courier, through the file on disk, to the last byte at a receiver on this machine.
    private func latency() async throws {
        guard let receiver = LocalReceiver() else { return print("no socket to receive on") }
        let sender = CurlSender(version: "bench")
        let courier = try courier(sender)
        await courier.configure([Self.channel("http://127.0.0.1:\(receiver.port)/")], externalURL: nil)
        var times: [Duration] = []
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await courier.run() }
            for number in 0..<Self.rounds {
                let start = ContinuousClock.now
                await courier.post([Self.notification(UInt64(number))], memory: AlertMemory())
                while receiver.count <= number { try await ContinuousClock().sleep(for: .milliseconds(1)) }
                if let last = receiver.last { times.append(last - start) }
            }
            group.cancelAll()
        }
        sender.shutDown()
        let sorted = times.sorted()
        print(
            "from the news to its receiver: median \(Report.milliseconds(times.median)), "
                + "longest of \(Self.rounds) \(Report.milliseconds(sorted.last ?? .zero))")
    }

    /// Notifications of one alert each for a receiver that is not there.
    private func undeliverable() async throws {
        let sender = CurlSender(version: "bench")
        let courier = try courier(sender)
        await courier.configure([Self.channel("http://127.0.0.1:9/")], externalURL: nil)
        let (allocated, resident) = (Int(bench_allocated_bytes()), Self.residentBytes)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await courier.run() }
            for number in 0..<Self.notifications {
                await courier.post([Self.notification(UInt64(number))], memory: AlertMemory())
            }
            while Self.fileBytes(folder) < Self.notifications * 500 {
                try await ContinuousClock().sleep(for: .milliseconds(20))
            }
            try await ContinuousClock().sleep(for: .seconds(1))
            let grown = Int(bench_allocated_bytes()) - allocated
            print(
                "\(Self.notifications) undeliverable notifications: \(Self.megabytes(grown)) allocated, "
                    + "\(Self.megabytes(Self.residentBytes - resident)) more resident, "
                    + "\(Self.megabytes(Self.fileBytes(folder))) on disk")
            group.cancelAll()
        }
        sender.shutDown()
    }

    private func courier(_ sender: CurlSender) throws -> Courier {
        let file = try AlertFile(folder: StateFolder(folder), tally: StateTally())
        let clock = SteadyClock()
        return Courier(
            sender: sender, file: file, tally: DeliveryTally(), givenUp: GivenUp(),
            logger: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        ) { clock.now }
    }

    private static func channel(_ url: String) -> ChannelSettings {
        ChannelSettings(name: "bench", kind: .webhook(.alertmanager), urls: [Secret(Array(url.utf8))])
    }

    private static func notification(_ number: UInt64) -> AlertNotification {
        let key = IncidentKey(
            target: "orders", rule: .groupStopped, level: .critical,
            subject: .group(Name("shippers"), stream: Name("orders:\(number)")))
        var machine = IncidentMachine()
        let finding = Finding(
            severity: .critical,
            what: "Group shippers of stream orders:\(number) has 1234 entries waiting (exact), the first since 4 min, "
                + "and none of its 3 consumers has been seen for 12 min.",
            command: "XINFO CONSUMERS orders:\(number) shippers")
        let settings = AlertSettings()
        let actions = machine.ingest(
            [key: .holds(finding)], of: "orders", at: Timestamp(milliseconds: 1_790_000_000_000),
            gapMilliseconds: 1,
            context: IncidentContext(
                settings: settings, channels: [ChannelRoute(name: "bench", repeatMilliseconds: nil)]))
        return AlertGrouping.notifications(
            actions, of: "orders", at: Timestamp(milliseconds: 1_790_000_000_000), settings: settings, limits: [:]
        ) { "bench-\(number)" }[0]
    }

    private static func fileBytes(_ folder: String) -> Int {
        var status = stat()
        return unsafe stat("\(folder)/alerts.json", &status) == 0 ? Int(status.st_size) : 0
    }

    private static var residentBytes: Int {
        guard let file = unsafe fopen("/proc/self/statm", "r") else { return 0 }
        defer { unsafe fclose(file) }
        var line = [CChar](repeating: 0, count: 128)
        unsafe fgets(&line, 128, file)
        let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return pages * sysconf(Int32(_SC_PAGESIZE))
    }

    private static func megabytes(_ bytes: Int) -> String {
        "\((Double(bytes) / 1_000_000 * 10).rounded() / 10) MB"
    }
}
