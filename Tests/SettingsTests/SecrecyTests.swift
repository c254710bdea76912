import Settings
import TestSupport
import Testing

@Suite("No password is ever shown")
struct SecrecyTests {
    private static let marker = "hunter2"

    /// Everything that may end up in a log or on a page.
    private func shown(_ loading: Loading) -> (text: String, isValid: Bool) {
        var text = "\(loading.flags) \(String(reflecting: loading.flags))"
        dump(loading.flags, to: &text)
        do throws(SettingsErrors) {
            let settings = try loading.load()
            text += "\(settings) \(String(reflecting: settings)) \(settings.warnings)"
            dump(settings, to: &text)
            return (text, true)
        } catch {
            text += "\(error) \(String(reflecting: error)) \(error.problems)"
            dump(error, to: &text)
            return (text, false)
        }
    }

    private func loadings(url: String) -> [Loading] {
        let quoted = url.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
        return [
            Loading(flags: SettingsFlags(redis: [url])),
            Loading(environment: ["WEIR_REDIS": url]),
            Loading("targets: [{url: \"\(quoted)\"}]"),
            Loading("targets: [{url: \"\(quoted)\"}]", environment: ["WEIR_REDIS_PASSWORD": Self.marker]),
        ]
    }

    @Test(
        "of a URL that is wrong",
        arguments: [
            "hunter2", "hunter2@", "@hunter2", ":hunter2@h", "u:hunter2@h:6379", "redis:u:hunter2@h",
            "redis:/u:hunter2@h",
            "redis//u:hunter2@h", "://u:hunter2@h", "redis://u:hunter2", "redis://u:hunter2@",
            "redis://u:hunter2@:6379",
            "redis://u:hunter2@h:", "redis://u:hunter2@h:x", "redis://u:hunter2@h:99999", "redis://u:hunter2@h:6379:1",
            "redis://u:hunter2@h/x", "redis://u:hunter2@h/-1", "redis://u:hunter2@h?x", "redis://u:hunter2@h#x",
            "redis://h:6379@u:hunter2", "redis://h:hunter2@", "redis://h:hunter2/0", "redis://h/hunter2",
            "redis://h?hunter2",
            "redis://h/0?password=hunter2", "redis://h#hunter2", "redis://u:hunter2/x@h", "redis://u:x/hunter2@h",
            "redis://u:x?hunter2@h", "redis://u:hunter2#@h", "redis://u:6379/hunter2@h", "redis://u:%hunter2@h",
            "redis://u:hunter2%@h", "redis://u:hunter2%4@h", "redis://%ff:hunter2@h", "redis://u:hunter2@a,b",
            "redis://u:hunter2@[::1", "redis://u:hunter2@::1", "redis://[u:hunter2@h]", "redis://[hunter2]",
            "hunter2://h",
            "http://u:hunter2@h", "redis+sentinel://u:hunter2@h", "rediss+sentinel://u:hunter2@h/m/x",
            "redis+sentinel://u:hunter2/x@h/m", "redis+sentinel://u:x@h1,u:hunter2@h2/m",
            "redis+sentinel://h/m/hunter2",
            "redis+sentinel://h1,hunter2:x/m", "redis+sentinel://h/m?hunter2", "redis+sentinel://h/hunter2%0a",
            "redis+sentinel://hunter2:@h/m", "redis+sentinel://u:hunter2@h,h/m", "redis+cluster://:hunter2@h/m",
            "redis+cluster://hunter2,hunter2", "redis+cluster://u:x@hunter2@h1,h2",
            "redis+cluster://u:hunter2@h1,u:x@h2",
            "redis+cluster://u:hunter2@", "rediss+cluster://:hunter2@h,", "rediss+cluster://h/hunter2",
            "redis+hunter2://h", "rediss://u:hunter2@h:x",
            "rediss://u:hunter2", "rediss://u:hunter2/x@h", "valkeys://h?hunter2", "redisss://u:hunter2@h",
            "redis://u:hunter2 x@h", "redis://u:hunter2@h\n", "unix://hunter2/x",
            "unix://u:hunter2@x/y", "unix://u:hunter2@/", "unix:///s?db=hunter2", "unix:///s?hunter2",
            "unix:///s#hunter2",
            "redis://u:hunter2@@", "redis://hunter2@", "redis://hunter2@:1",

            "redis://hunter2:@h", "redis://hunter2@h",
        ])
    func malformed(url: String) {
        for loading in loadings(url: url) {
            let (text, isValid) = shown(loading)
            // The user is no secret. Where one is all that the URL has, it needs a password, which the fourth gives.
            if url == "redis://hunter2@h", isValid { continue }
            #expect(!isValid)
            #expect(!text.contains(Self.marker), "\(url)")
        }
    }

    @Test(
        "of a URL that is right",
        arguments: [
            "redis://:hunter2@h", "redis://u:hunter2@h:6379/1", "redis://u:a@hunter2@h", "redis://u:a:hunter2@[::1]",
            "redis://u:%68unter2hunter2@h", "rediss://u:hunter2@h", "valkeys://:hunter2@[::1]:1/2",
            "unix://u:hunter2@/s?db=1", "redis+sentinel://u:hunter2@h1,h2/m/1", "rediss+sentinel://:hunter2@h/m",
            "redis+cluster://u:hunter2,hunter2@h1,h2", "valkeys+cluster://:hunter2@[::1]",
        ])
    func wellFormed(url: String) {
        for loading in loadings(url: url) {
            let (text, isValid) = shown(loading)
            #expect(isValid)
            #expect(!text.contains(Self.marker))
        }
    }

    @Test("that the settings hold or find in a file")
    func passwords() {
        for keys in [
            "password: hunter2", "password_file: /f", "sentinel: {password: hunter2}",
            "sentinel: {username: u, password_file: /f}",
        ] {
            var loading = Loading("targets: [{url: 'redis+sentinel://h/m', \(keys)}]")
            loading.files["/f"] = Array("hunter2".utf8)
            let (text, isValid) = shown(loading)
            #expect(isValid)
            #expect(!text.contains(Self.marker), "\(text)")
        }
    }

    @Test("of a URL that holds what separates URLs in a variable")
    func comma() {
        for loading in loadings(url: "redis://u:hunter2,hunter2@h") {
            #expect(!shown(loading).text.contains(Self.marker))
        }
    }

    @Test("of a URL with random slips in it")
    func slips() {
        var random = SplitMix64(seed: 7)
        let letters = Array("@:/?#%[], \n+x1")
        let urls = [
            ("redis://u:", "@h:6379/0"), ("redis+sentinel://u:", "@h:1,i/m/0"), ("redis+cluster://u:", "@h,i:1"),
        ]
        for round in 0..<3000 {
            let (start, end) = urls[round % urls.count]
            var url = [start, end].map(Array.init)
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let part = Int.random(in: 0...1, using: &random)
                let place = Int.random(in: 0..<url[part].count, using: &random)
                switch Int.random(in: 0...2, using: &random) {
                case 0: url[part].remove(at: place)
                case 1: url[part].insert(letters.randomElement(using: &random) ?? "@", at: place)
                default: url[part][place] = letters.randomElement(using: &random) ?? "@"
                }
            }
            let text = String(url[0]) + Self.marker + String(url[1])
            for loading in loadings(url: text) {
                let (shown, isValid) = shown(loading)
                // A slip can make it the user, or the host, of a URL that is right.
                #expect(isValid || !shown.contains(Self.marker), "\(text)")
            }
        }
    }

    @Test(
        "of a file in which it stands in the wrong place",
        arguments: [
            "targets: [\"redis://:hunter2@h\"]", "targets: [redis://:hunter2@h]", "targets: redis://:hunter2@h",
            "redis://:hunter2@h", "- redis://:hunter2@h", "{url redis://:hunter2@h: 1}",
            "targets: [{url redis://:hunter2@h}]",
            "targets: [{url: redis://h, password:hunter2}]", "targets: [{url: redis://h, password=hunter2}]",
            "targets: [{url: redis://h, password: [hunter2]}]", "targets: [{url: redis://h, password: {hunter2: }}]",
            "targets:\n  - url: redis://h\n    password hunter2\n",
            "targets:\n  - url: redis://h\n    password: \"hunter2\n",
            "targets:\n  - url: redis://h\n   password: hunter2\n", "targets: [{url: redis://h, password: *hunter2}]",
            "targets: [{url: redis://h, password: !hunter2 x}]", "targets: [{url: redis://h, password: @hunter2}]",
            "targets: [{url: redis://h, password: a, password: hunter2}]", "poll: {interval: redis://:hunter2@h}",
            "targets: [{url: [redis://:hunter2@h]}]", "targets: [{url: {redis://:hunter2@h: }}]",
            "http: {listen: [redis://:hunter2@h]}", "targets: [{url: redis://h, password: hunter2, password_file: /x}]",
            "targets: [{url: redis://h, password_file: hunter2}]", "targets: [{url: redis://:hunter2@h, password: x}]",
            "poll: {redis://:hunter2@h}", "{targets: [{url: redis://h}], state_dir: redis://:hunter2@h}",
            "targets: [{url: redis://h, memory_limit: redis://:hunter2@h}]",
            "targets: [{url: redis://h, streams: [{redis://:hunter2@h: a}]}]",
            "targets: [{url: redis://h, streams: [{match: [redis://:hunter2@h], as: a}]}]",
            "targets: [{url: redis://h, streams: [redis://:hunter2@h, {match: redis://:hunter2@h, as: a}]}]",
            "{targets: [{url: redis://h}], health: {stale_after: redis://:hunter2@h}}",
            "targets: [{url: redis://h, labels: {redis://:hunter2@h: a}}]",
            "targets: [{url: redis://h, labels: {a: [hunter2]}}]",
            "targets: [{url: redis://h, expect: [{stream: redis://:hunter2@h, group: a}], streams: [a]}]",
            "targets: [{url: redis://:hunter2@h, tls: {}}]", "targets: [{url: rediss://h, tls: rediss://:hunter2@h}]",
            "targets: [{url: rediss://h, tls: {rediss://:hunter2@h}}]",
            "targets: [{url: rediss://h, tls: {ca_file: rediss://:hunter2@h}}]",
            "targets: [{url: rediss://h, tls: {server_name: rediss://:hunter2@h}}]",
            "targets: [{url: rediss://h, tls: {insecure_skip_verify: rediss://:hunter2@h}}]",
            "targets: [{url: rediss://h, tls: {cert_file: c, key_file: \"-----BEGIN PRIVATE KEY-----\\nhunter2\"}}]",
            "targets: [{url: rediss://h, tls: {cert_file: -----BEGIN PRIVATE KEY----- hunter2}}]",
            "targets: [{url: redis://h, sentinel: {password: hunter2}}]",
            "targets: [{url: redis+sentinel://h/m, sentinel: hunter2}]",
            "targets: [{url: redis+sentinel://h/m, sentinel: {password hunter2}}]",
            "targets: [{url: redis+sentinel://h/m, sentinel: {password: [hunter2]}}]",
            "targets: [{url: redis+sentinel://h/m, sentinel: {password_file: hunter2}}]",
            "targets: [{url: redis+sentinel://h/m, sentinel: {password: hunter2, password_file: /x}}]",
            "targets: [{url: redis+sentinel://h/m, sentinel: {redis://:hunter2@h: a}}]",
            "targets: [{url: redis+sentinel://h/m, sentinel: {tls: redis://:hunter2@h}}]",
            "targets: [{url: redis+sentinel://h/m, sentinel: {tls: {ca_file: redis://:hunter2@h}}}]",
        ])
    func misplaced(yaml: String) {
        let (text, isValid) = shown(Loading(yaml))
        #expect(!isValid)
        #expect(!text.contains(Self.marker), "\(text)")
    }

    private static let target = "targets: [{url: redis://h}]\n"

    @Test(
        "of what is wrong with alerts",
        arguments: [
            "external_url: https://u:hunter2@h", "external_url: https://h/?hunter2", "runbooks_url: hunter2",
            "alert_labels: {url https://h/hunter2: a}", "alert_labels: {a: [hunter2]}", "alert_labels: hunter2",
            "channels: [https://h/hunter2]", "channels: [{https://h/hunter2}]", "channels: https://h/hunter2",
            "channels: [{name: https://h/hunter2, type: slack, url: 'https://h'}]",
            "channels: [{name: a, type: https://h/hunter2, url: 'https://h'}]",
            "channels: [{name: a, type: slack, url: hunter2}]", "channels: [{name: a, type: slack, url: [hunter2]}]",
            "channels: [{name: a, type: slack, url: 'https://h,hunter2/'}]",
            "channels: [{name: a, type: slack, url: 'https://h:hunter2/'}]",
            "channels: [{name: a, type: slack, url: 'https://[hunter2]/'}]",
            "channels: [{name: a, type: slack, url: 'https://h/ hunter2'}]",
            "channels: [{name: a, type: slack, url: 'https://h/#hunter2'}]",
            "channels: [{name: a, type: slack, url: 'https://h/hunter2', url_file: /gone}]",
            "channels: [{name: a, type: slack, url_file: https://h/hunter2}]",
            "channels: [{name: a, type: slack, url_file: hunter2}]",
            "channels: [{name: a, type: webhook, url: 'https://h', ca_file: https://h/hunter2}]",
            "channels: [{name: a, type: webhook, url: 'https://h', format: https://h/hunter2}]",
            "channels: [{name: a, type: webhook, url: 'https://h', secret: whsec_hunter2}]",
            "channels: [{name: a, type: webhook, url: 'https://h', secret: \"hunter2\\n\"}]",
            "channels: [{name: a, type: webhook, url: 'https://h', secret: [hunter2]}]",
            "channels: [{name: a, type: webhook, url: 'https://h', secret_file: hunter2}]",
            "channels: [{name: a, type: webhook, url: 'https://h', headers: {Authorization hunter2: a}}]",
            "channels: [{name: a, type: webhook, url: 'https://h', headers: {Authorization: \"hunter2\\n\"}}]",
            "channels: [{name: a, type: webhook, url: 'https://h', headers: {Authorization: [hunter2]}}]",
            "channels: [{name: a, type: webhook, url: 'https://h', headers: {Host: hunter2}}]",
            "channels: [{name: a, type: webhook, url: 'https://h', headers: hunter2}]",
            "channels: [{name: a, type: webhook, url: 'https://h', routing_key: hunter2}]",
            "channels: [{name: a, type: pagerduty, routing_key: \"hunter2 \"}]",
            "channels: [{name: a, type: pagerduty, routing_key: hunter2, url: x}]",
            "channels: [{name: a, type: pagerduty, routing_key_file: hunter2}]",
            "channels: [{name: a, type: alertmanager, urls: [hunter2]}]",
            "channels: [{name: a, type: alertmanager, urls: 'https://h/hunter2'}]",
            "channels: [{name: a, type: alertmanager, urls: ['https://h/hunter2', 'https://h/hunter2']}]",
            "heartbeat: https://h/hunter2", "heartbeat: {url: hunter2}", "heartbeat: {url_file: https://h/hunter2}",
            "heartbeat: {url: 'https://h/hunter2', every: https://h/hunter2}",
            "rules: {https://h/hunter2}", "rules: {LagHigh: https://h/hunter2}",
            "rules: {LagHigh: {for: https://h/hunter2, notify: [https://h/hunter2]}}",
        ])
    func alerts(yaml: String) {
        let (text, isValid) = shown(Loading(Self.target + yaml))
        #expect(!isValid)
        #expect(!text.contains(Self.marker), "\(text)")
    }

    @Test(
        "of alerts that are right",
        arguments: [
            "channels: [{name: a, type: slack, url: 'https://u:hunter2@h/hunter2'}]",
            "channels: [{name: a, type: alertmanager, urls: ['https://u:hunter2@h/hunter2']}]",
            "channels: [{name: a, type: pagerduty, routing_key: hunter2, headers: {X: hunter2}}]",
            "channels: [{name: a, type: webhook, url: 'https://h', secret: hunter2}]",
            "channels: [{name: a, type: webhook, url_file: /f, secret_file: /f}]",
            "channels: [{name: a, type: pagerduty, routing_key_file: /f}]",
            "heartbeat: {url: 'https://u:hunter2@h/hunter2'}", "heartbeat: {url_file: /f}",
        ])
    func rightAlerts(yaml: String) {
        var loading = Loading(Self.target + yaml)
        loading.files["/f"] = Array("https://u:hunter2@h/hunter2".utf8)
        let (text, isValid) = shown(loading)
        #expect(isValid)
        #expect(!text.contains(Self.marker), "\(text)")
    }

    @Test("of a file of a secret that holds the wrong thing", arguments: ["hunter2 ", "hunter2\u{0}", "whsec_hunter2"])
    func wrongFiles(contents: String) {
        for key in ["url_file", "secret_file"] {
            let url = key == "url_file" ? "" : "url: 'https://h', "
            var loading = Loading(Self.target + "channels: [{name: a, type: webhook, \(url)\(key): /f}]")
            loading.files["/f"] = Array(contents.utf8)
            let (text, isValid) = shown(loading)
            #expect(isValid == (key == "secret_file" && contents == "hunter2 "))
            #expect(!text.contains(Self.marker), "\(text)")
        }
    }

    @Test("of flags and variables in which a URL stands by mistake")
    func mistakenFlags() {
        let url = "redis://:hunter2@h"
        let flags = [
            SettingsFlags(interval: url), SettingsFlags(listen: [url]), SettingsFlags(logLevel: url),
            SettingsFlags(logFormat: url), SettingsFlags(shard: url), SettingsFlags(stateDir: url),
        ]
        for var flags in flags {
            flags.redis = ["redis://h"]
            let (text, isValid) = shown(Loading(flags: flags))
            #expect(!isValid)
            #expect(!text.contains(Self.marker))
        }
        for name in [
            "WEIR_INTERVAL", "WEIR_LISTEN", "WEIR_LOG_LEVEL", "WEIR_SHARD", "WEIR_STATE_DIR",
            "WEIR_REDIS_PASSWORD_FILE",
        ] {
            let (text, isValid) = shown(Loading(environment: ["WEIR_REDIS": "redis://h", name: url]))
            #expect(!isValid)
            #expect(!text.contains(Self.marker))
        }
    }
}
