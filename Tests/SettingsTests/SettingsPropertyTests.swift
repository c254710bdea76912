import Settings
import TestSupport
import Testing

@Suite("Whatever the file holds")
struct SettingsPropertyTests {
    private static let valid = Array(
        """
        targets:
          - name: &n orders
            url: redis://127.0.0.1:6380/2
            streams: ["orders", 'billing:*', {match: "shard:*", as: shards, max_silence: 10m}]
            exclude: ["tmp:*"]
            memory_limit: 2GiB
            max_streams: 500
            labels: {team: shop}
            dead_letters: [dlq]
            expect: [{stream: orders, group: g}]
          - {url: "unix:///run/redis.sock", name: é}
          - {url: "rediss://h", tls: {ca_file: a.pem, cert_file: c.pem, key_file: c.key, server_name: r.example}}
          - {url: "redis+sentinel://s1,s2:1/m/1", sentinel: {username: u, password_file: pw, tls: {ca_file: a.pem}}}
          - {url: "rediss+cluster://c1,c2", username: u, password_file: pw}
        poll: {interval: 10s, timeout: 30s500ms, pel_rows_per_poll: 0, payload_guard: 1MiB, redis_share: 5%}
        health: {window: 1m, stale_after: 5m, abandoned_after: 24h, poison_deliveries: 5}
        overrides: [{stream: "batch:*", group: "*", stale_after: 30m}, {group: g, stale_after: auto}]
        state_dir: /var/lib/weir
        alert_labels: {cluster: eu1}
        external_url: "https://weir.example/"
        rules: {LagHigh: {seconds: 1m, critical_seconds: 5m, notify: [ops]}, MemoryHigh: {share: 80%}, LagUnknown: false}
        channels:
          - {name: ops, type: webhook, url: "https://h/x", headers: {X-A: b}, timeout: 5s}
          - {name: am, type: alertmanager, urls: ["http://am-0:9093", "http://am-1:9093"]}
        heartbeat: {url: "https://h/y", every: 30s}
        http: {listen: ["127.0.0.1:0", "[::1]:10061"], enable_reload: true} # comment
        """.utf8)

    /// Every line starts `weir.yaml:LINE:COLUMN: `.
    private func expectPlaces(_ bytes: [UInt8], _ note: String) {
        var loading = Loading("")
        loading.files["weir.yaml"] = bytes
        let place = /weir\.yaml:[1-9][0-9]*:[1-9][0-9]*: .+/
        for line in loading.complaints().joined(separator: "\n").split(
            separator: "\n", omittingEmptySubsequences: false)
        where !loading.complaints().isEmpty {
            #expect(line.wholeMatch(of: place) != nil, "\(note): \(line)")
        }
    }

    @Test("random bytes crash nothing, and every complaint tells a place")
    func randomBytes() {
        var random = SplitMix64(seed: 1)
        for round in 0..<2000 {
            let count = Int.random(in: 0...200, using: &random)
            expectPlaces((0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }, "bytes \(round)")
        }
    }

    @Test("random words of YAML crash nothing, and every complaint tells a place")
    func randomWords() {
        let words = [
            "targets", "poll", "http", "rules", "channels", "LagHigh", "type", "headers", "url", "streams", "match",
            "as", ": ", ":", "- ", "\n", "\n  ", "\n    ", "[",
            "]", "{", "}",
            ", ",
            "&a ", "*a", "\"", "'", "|", ">", "#", "!", "? ", "~", "5s", "redis://h", "---", "...", "\t", "%", "@", "é",
            "0",
        ]
        var random = SplitMix64(seed: 2)
        for round in 0..<3000 {
            let count = Int.random(in: 0...40, using: &random)
            let text = (0..<count).map { _ in words.randomElement(using: &random) ?? "" }.joined()
            expectPlaces(Array(text.utf8), "words \(round)")
        }
    }

    @Test("random changes of a valid file crash nothing, and every complaint tells a place")
    func mutations() throws {
        var random = SplitMix64(seed: 3)
        var loading = Loading("")
        loading.files["weir.yaml"] = Self.valid
        loading.files["pw"] = Array("pw".utf8)
        #expect(try loading.load().warnings.isEmpty)
        for round in 0..<3000 {
            var bytes = Self.valid
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0...4, using: &random) {
                case 0: bytes.remove(at: place)
                case 1: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 2: bytes.insert(UInt8.random(in: 32...126, using: &random), at: place)
                case 3: bytes.removeLast(bytes.count - place)
                default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 20)], at: place)
                }
                if bytes.isEmpty { break }
            }
            expectPlaces(bytes, "change \(round)")
        }
    }
}
