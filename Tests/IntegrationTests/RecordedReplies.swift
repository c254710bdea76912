import TestSupport

/// What a `RecordedRedis` answers.
struct RecordedReplies: Sendable {
    let version: RecordedRedis.Version
    /// The time of the tenth entry, in milliseconds; the server's clock stands ten seconds after it.
    let newest: Int64

    private static let entries: Int64 = 10
    private static let delivered: Int64 = 6
    /// A consumer idles for longer than it has last got something.
    private static let idle: Int64 = 90_000

    func reply(to name: String, _ words: [String]) -> WireReply {
        switch name {
        case "CLIENT SETNAME": .status("OK")
        case "PING": .status("PONG")
        case "TIME": .array([.text("\(newest / 1_000 + 10)"), .text("0")])
        case "INFO": .verbatim(info)
        case "SCAN" where version.isOldest && words.contains("TYPE"): .error("ERR syntax error")
        case "SCAN": .array([.text("0"), .array([.text("orders")] + (version.isOldest ? [.text("words")] : []))])
        case "TYPE": .status(words[1] == "orders" ? "stream" : "string")
        case "XLEN": .integer(Self.entries)
        case "MEMORY USAGE": .integer(1_112)
        case "PTTL": .integer(-1)
        case "XINFO STREAM" where words.count > 3: version.isOldest ? unknownSubcommand : .fields(full)
        case "XINFO STREAM": .fields(stream)
        case "XINFO GROUPS": .array([.fields(group)])
        case "XINFO CONSUMERS": .array(["a", "b"].map { .fields(consumer($0)) })
        case "XPENDING": pending(words)
        case "XRANGE": range(words)
        default: .error("ERR unknown command `\(words[0])`, with args beginning with: ")
        }
    }

    private var unknownSubcommand: WireReply {
        .error("ERR Unknown subcommand or wrong number of arguments for 'STREAM'. Try XINFO HELP.")
    }

    private func id(_ number: Int64) -> String { "\(newest - (Self.entries - number) * 1_000)-0" }

    private func entry(_ number: Int64) -> WireReply {
        .array([.text(id(number)), .array([.text("job"), .text("\(number)")])])
    }

    private var stream: [(String, WireReply)] {
        start + counters
            + [("groups", .integer(1)), ("first-entry", entry(1)), ("last-entry", entry(Self.entries))]
    }

    private var start: [(String, WireReply)] {
        [
            ("length", .integer(Self.entries)), ("radix-tree-keys", .integer(1)), ("radix-tree-nodes", .integer(2)),
            ("last-generated-id", .text(id(Self.entries))),
        ]
    }

    private var counters: [(String, WireReply)] {
        if version.isOldest { return [] }
        let counted: [(String, WireReply)] = [
            ("max-deleted-entry-id", .text("0-0")), ("entries-added", .integer(Self.entries)),
            ("recorded-first-entry-id", .text(id(1))),
        ]
        let producers: [(String, WireReply)] = [
            ("idmp-duration", .integer(100)), ("idmp-maxsize", .integer(100)), ("pids-tracked", .integer(0)),
            ("iids-tracked", .integer(0)), ("iids-added", .integer(0)), ("iids-duplicates", .integer(0)),
        ]
        return counted + (version.hasProducers ? producers : [])
    }

    private var full: [(String, WireReply)] {
        start + counters + [("entries", .array([entry(1)])), ("groups", .array([.fields(fullGroup)]))]
    }

    private var group: [(String, WireReply)] {
        [
            ("name", .text("shippers")), ("consumers", .integer(2)), ("pending", .integer(4)),
            ("last-delivered-id", .text(id(Self.delivered))),
        ] + read
    }

    private var read: [(String, WireReply)] {
        version.isOldest
            ? [] : [("entries-read", .integer(Self.delivered)), ("lag", .integer(Self.entries - Self.delivered))]
    }

    private var fullGroup: [(String, WireReply)] {
        let nacked: [(String, WireReply)] = version.canGiveBack ? [("nacked-count", .integer(1))] : []
        let row = WireReply.array([.text(id(3)), .text("a"), .integer(newest - 110_000), .integer(3)])
        return [("name", .text("shippers")), ("last-delivered-id", .text(id(Self.delivered)))] + read
            + [("pel-count", .integer(4))] + nacked
            + [("pel", .array([row])), ("consumers", .array(["a", "b"].map { .fields(fullConsumer($0)) }))]
    }

    private func held(by consumer: String) -> Int64 { consumer == "a" ? 3 : version.canGiveBack ? 0 : 1 }

    private func consumer(_ name: String) -> [(String, WireReply)] {
        let activity: [(String, WireReply)] = version.isOldest ? [] : [("inactive", .integer(Self.idle + 5_000))]
        return [("name", .text(name)), ("pending", .integer(held(by: name))), ("idle", .integer(Self.idle))] + activity
    }

    private func fullConsumer(_ name: String) -> [(String, WireReply)] {
        let now = newest + 10_000
        return [
            ("name", .text(name)), ("seen-time", .integer(now - Self.idle)),
            ("active-time", .integer(now - Self.idle - 5_000)), ("pel-count", .integer(held(by: name))),
            ("pel", .array([])),
        ]
    }

    /// `XPENDING key group start end count`, which is all that the oldest knows.
    private func pending(_ words: [String]) -> WireReply {
        guard words.count == 6, !words[3].hasPrefix("(") else {
            return version.isOldest ? .error("ERR syntax error") : .array([])
        }
        let rows = (3...Self.delivered).filter { !isBefore(id($0), words[3]) }.map { number -> WireReply in
            if number == Self.delivered, version.canGiveBack {
                return .array([.text(id(number)), .text(""), .integer(-1), .integer(.max)])
            }
            let holder = number == Self.delivered ? "b" : "a"
            return .array([.text(id(number)), .text(holder), .integer(100_000 + number * 1_000), .integer(number)])
        }
        return .array(Array(rows.prefix(Int(words[5]) ?? 0)))
    }

    private func range(_ words: [String]) -> WireReply {
        let count = words.count > 5 ? Int(words[5]) ?? 0 : .max
        return .array((1...Self.entries).filter { !isBefore(id($0), words[2]) }.prefix(count).map(entry))
    }

    /// Both are of thirteen digits, or the beginning of all; the sequence is 0, or it is the ID's successor.
    private func isBefore(_ id: String, _ start: String) -> Bool {
        start != "-" && start != "0-0" && id < start
    }

    private var info: String {
        let counted = version.isOldest ? "" : "# Errorstats\r\nerrorstat_ERR:count=3\r\n"
        return """
            # Server\r
            redis_version:\(version.rawValue)\r
            redis_git_sha1:00000000\r
            redis_mode:standalone\r
            run_id:0123456789012345678901234567890123456789\r
            tcp_port:6379\r
            uptime_in_seconds:86400\r
            \r
            # Clients\r
            connected_clients:7\r
            blocked_clients:2\r
            \r
            # Memory\r
            used_memory:1048576\r
            used_memory_rss:4194304\r
            maxmemory:10485760\r
            maxmemory_policy:noeviction\r
            \r
            # Persistence\r
            loading:0\r
            rdb_changes_since_last_save:12\r
            rdb_last_save_time:1789999000\r
            rdb_last_bgsave_status:ok\r
            aof_enabled:0\r
            aof_last_write_status:ok\r
            \r
            # Stats\r
            evicted_keys:0\r
            \r
            # Replication\r
            role:master\r
            connected_slaves:0\r
            \(counted)
            """
    }
}
