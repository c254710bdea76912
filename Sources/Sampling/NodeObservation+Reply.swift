import RedisClient
import StreamModel

extension NodeObservation {
    /// Decodes `INFO`: lines of `field:value`.
    ///
    /// What is missing or unreadable stays nil.
    init(info text: String) {
        var fields: [Substring: Substring] = [:]
        for line in text.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            fields[line[..<colon]] = line[line.index(after: colon)...]
        }
        self.init(fields)
    }

    private init(_ fields: [Substring: Substring]) {
        self.init()
        func integer(_ name: Substring) -> Int64? { fields[name].flatMap { Int64($0) } }
        func isOK(_ name: Substring) -> Bool? { fields[name].map { $0 == "ok" } }
        func isOne(_ name: Substring) -> Bool? { fields[name].map { $0 == "1" } }

        identity = ServerIdentity(fields)
        isInCluster = (fields["server_mode"] ?? fields["redis_mode"] ?? fields["redict_mode"]).map { $0 == "cluster" }
        memory.usedBytes = integer("used_memory")
        memory.residentBytes = integer("used_memory_rss")
        memory.maxBytes = integer("maxmemory")
        memory.policy = fields["maxmemory_policy"].map { String($0) }
        clients.connected = integer("connected_clients")
        clients.blocked = integer("blocked_clients")
        persistence.lastSaveSucceeded = isOK("rdb_last_bgsave_status")
        persistence.changesSinceLastSave = integer("rdb_changes_since_last_save")
        persistence.lastSaveSeconds = integer("rdb_last_save_time")
        persistence.appendOnlyEnabled = isOne("aof_enabled")
        persistence.lastAppendOnlyWriteSucceeded = isOK("aof_last_write_status")
        persistence.loading = isOne("loading")
        connectedReplicas = integer("connected_slaves")
        evictedKeys = integer("evicted_keys")
        uptimeSeconds = integer("uptime_in_seconds")
        // Numbered without a gap; how many there are said to be is no bound to rely on.
        replicas = (0...).lazy.map { fields["slave\($0)"] }.prefix { $0 != nil }.compactMap { $0.flatMap(Replica.init) }
        for (name, value) in fields where name.hasPrefix("errorstat_") {
            guard let count = value.commaFields["count"].flatMap({ Int64($0) }) else { continue }
            errors[String(name.dropFirst("errorstat_".count))] = count
        }
    }
}

extension ServerIdentity {
    fileprivate init?(_ fields: [Substring: Substring]) {
        let kind: Kind
        let version: Substring?
        if fields["server_name"] == "valkey" || fields["valkey_version"] != nil {
            (kind, version) = (.valkey, fields["valkey_version"])
        } else if let redict = fields["redict_version"] {
            (kind, version) = (.redict, redict)
        } else {
            (kind, version) = (.redis, fields["redis_version"])
        }
        guard let version = version.flatMap({ ServerVersion($0) }) else { return nil }
        self.init(
            kind: kind, version: version, role: String(fields["role"] ?? ""), runID: String(fields["run_id"] ?? ""))
    }
}

extension NodeObservation.Replica {
    /// Parses `ip=10.0.0.2,port=6379,state=online,offset=1,lag=0`.
    fileprivate init?(_ line: Substring) {
        let fields = line.commaFields
        guard let address = fields["ip"], let port = fields["port"] else { return nil }
        self.init(
            address: String(address), port: String(port), state: String(fields["state"] ?? ""),
            lagSeconds: fields["lag"].flatMap { Int64($0) } ?? 0)
    }
}

extension Substring {
    fileprivate var commaFields: [Substring: Substring] {
        var fields: [Substring: Substring] = [:]
        for part in split(separator: ",") {
            guard let equals = part.firstIndex(of: "=") else { continue }
            fields[part[..<equals]] = part[part.index(after: equals)...]
        }
        return fields
    }
}
