import Delivery
import Platform
import Settings
import Testing

@Suite("Channels")
struct ChannelSettingsTests {
    private static let target = "targets: [{url: 'redis://h'}]\n"

    private func secret(_ text: String) -> Secret { Secret(Array(text.utf8)) }

    private func channels(_ yaml: String, files: [String: String] = [:]) throws -> [ChannelSettings] {
        var loading = Loading(Self.target + yaml)
        for (path, text) in files { loading.files[path] = Array(text.utf8) }
        return try loading.load().channels
    }

    @Test("are none by default")
    func none() throws {
        #expect(try channels("") == [])
        #expect(try channels("channels: []") == [])
    }

    @Test("of every type are read, in their order")
    func types() throws {
        let yaml = """
            channels:
              - {name: a, type: webhook, url: "https://h.example/x?y=1"}
              - {name: b, type: webhook, url_file: /b, format: standard}
              - {name: c, type: alertmanager, urls: ["http://am-0:9093", "http://u:p@[::1]:9093/am"]}
              - {name: d, type: alertmanager, url: "http://am"}
              - {name: e, type: slack, url_file: /e}
              - {name: f, type: discord, url_file: /f}
              - {name: g, type: pagerduty, routing_key_file: /g}
              - {name: h.0_-, type: pagerduty, routing_key_file: /g, url: "https://events.eu.pagerduty.com/v2/enqueue"}
            """
        let read = try channels(
            yaml, files: ["/b": "http://b\n", "/e": "https://e/1\r\n", "/f": "https://f/1", "/g": "0123abc\n"])
        var expected: [ChannelSettings] = []
        func expect(_ name: String, _ kind: ChannelSettings.Kind, _ urls: String...) {
            expected.append(ChannelSettings(name: name, kind: kind, urls: urls.map(secret)))
        }
        expect("a", .webhook(.alertmanager), "https://h.example/x?y=1")
        expect("b", .webhook(.standard), "http://b")
        expect("c", .alertmanager, "http://am-0:9093", "http://u:p@[::1]:9093/am")
        expect("d", .alertmanager, "http://am")
        expect("e", .slack, "https://e/1")
        expect("f", .discord, "https://f/1")
        expect("g", .pagerDuty(routingKey: secret("0123abc")), "https://events.pagerduty.com/v2/enqueue")
        expect("h.0_-", .pagerDuty(routingKey: secret("0123abc")), "https://events.eu.pagerduty.com/v2/enqueue")
        #expect(read == expected)
    }

    @Test("have everything else as it is given")
    func full() throws {
        let channel = try #require(
            try channels(
                """
                channels:
                  - name: ops
                    type: webhook
                    url: https://h
                    format: alertmanager
                    secret_file: /s
                    headers: {X-Team: shop, authorization: "Bearer t"}
                    ca_file: ca.pem
                    send_resolved: false
                    repeat_interval: 1s
                    timeout: 1m
                """, files: ["/s": "text of one\n\r\nwhsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX\r\n"]
            ).first)
        #expect(channel.signingKeys == [secret("text of one"), Secret(Array(0..<24))])
        #expect(
            channel.headers == [
                .init(name: "X-Team", value: secret("shop")), .init(name: "authorization", value: secret("Bearer t")),
            ])
        #expect(channel.caFile == "ca.pem")
        #expect(!channel.sendResolved)
        #expect(channel.repeatInterval == .seconds(1))
        #expect(channel.timeout == .seconds(60))
    }

    @Test("by default repeat every 4 hours, wait 15 seconds and tell of what is resolved")
    func usual() throws {
        let channel = try #require(
            try channels("channels: [{name: a, type: webhook, url: 'http://h', headers: }]").first)
        #expect(channel.repeatInterval == .seconds(4 * 3600))
        #expect(channel.timeout == .seconds(15))
        #expect(channel.sendResolved)
        #expect(channel.headers == [])
        #expect(channel.signingKeys == [])
        #expect(channel.caFile == nil)
    }

    @Test("take paths from where the configuration stands")
    func relativePaths() throws {
        var loading = Loading()
        loading.flags.config = "/etc/weir/weir.yaml"
        let yaml =
            "channels: [{name: a, type: slack, url_file: u, ca_file: ca.pem}]\nheartbeat: {url_file: hb, ca_file: c}"
        loading.files["/etc/weir/weir.yaml"] = Array((Self.target + yaml).utf8)
        loading.files["/etc/weir/u"] = Array("http://u".utf8)
        loading.files["/etc/weir/hb"] = Array("http://hb".utf8)
        let settings = try loading.load()
        #expect(settings.channels.map(\.urls) == [[secret("http://u")]])
        #expect(settings.channels.map(\.caFile) == ["/etc/weir/ca.pem"])
        #expect(settings.heartbeat?.url == secret("http://hb"))
        #expect(settings.heartbeat?.caFile == "/etc/weir/c")
    }

    @Test("are checked without the files that they name")
    func check() throws {
        let checked = try Loading(
            Self.target + "channels: [{name: a, type: slack, url_file: /gone}]\nheartbeat: {url_file: /gone}"
        ).check()
        #expect(checked.channels == ["a"])
        #expect(checked.warnings == [])
    }

    private static let mapping =
        "a mapping such as {name: ops, type: webhook, url: \"https://example.com/hook\"} is meant"
    private static let typeWords = "webhook, alertmanager, slack, discord, pagerduty"
    private static let name = "is not a name for a channel: at most 64 letters, digits, dots, _ and -, such as ops"
    private static let url = "a URL such as https://example.com/hook"

    @Test(
        "that are wrong are refused",
        arguments: [
            (
                "{}",
                [
                    "11: channels: a mapping, where a list such as [{name: ops, type: webhook, url: \"https://example.com/hook\"}] is meant"
                ]
            ),
            ("[a]", ["12: channels[0]: a single value, where \(mapping)"]),
            ("[~]", ["12: channels[0]: a single value, where \(mapping)"]),
            (
                "[{}]",
                [
                    "12: channels[0].name: missing; a name such as ops is meant",
                    "12: channels[0].type: missing; one of \(typeWords) is meant",
                ]
            ),
            (
                "[{name: a b, type: slak, url: 'http://h'}]",
                [
                    "19: channels[0].name: \"a b\" \(name)",
                    "30: channels[0].type: \"slak\" is not one of \(typeWords); did you mean slack?",
                ]
            ),
            ("[{name: .., type: webhook, url: 'http://h'}]", ["19: channels[0].name: \"..\" \(name)"]),
            (
                "[{name: , type: webhook, url: 'http://h'}]",
                ["19: channels[0].name: empty; a name such as ops is meant"]
            ),
            (
                "[&a {name: a, type: webhook, url: 'http://h'}, *a]",
                ["22: channels[1].name: two channels are named \"a\"; give each its own name"]
            ),
            ("[{name: a, type: webhook}]", ["12: channels[0]: neither url nor url_file; one of them is meant"]),
            ("[{name: a, type: discord}]", ["12: channels[0]: neither url nor url_file; one of them is meant"]),
            ("[{name: a, type: alertmanager}]", ["12: channels[0]: neither urls nor url; one of them is meant"]),
            (
                "[{name: a, type: pagerduty}]",
                ["12: channels[0]: neither routing_key nor routing_key_file; one of them is meant"]
            ),
            (
                "[{name: a, type: webhook, urls: ['http://h']}]",
                ["37: channels[0].urls: for type alertmanager; the type here is webhook"]
            ),
            (
                "[{name: a, type: alertmanager, url_file: /u}]",
                ["42: channels[0].url_file: for type webhook, slack, discord, pagerduty; the type here is alertmanager"]
            ),
            (
                "[{name: a, type: pagerduty, routing_key: k, format: standard, secret_file: /s}]",
                [
                    "55: channels[0].format: for type webhook; the type here is pagerduty",
                    "73: channels[0].secret_file: for type webhook; the type here is pagerduty",
                ]
            ),
            (
                "[{name: a, type: webhook, url: 'http://h', routing_key_file: /r}]",
                ["54: channels[0].routing_key_file: for type pagerduty; the type here is webhook"]
            ),
            (
                "[{name: a, type: webhook, url: 'http://h', url_file: /u}]",
                ["54: channels[0].url_file: the URL is given twice, here and in url; keep one"]
            ),
            (
                "[{name: a, type: alertmanager, url: 'http://h', urls: ['http://i']}]",
                ["59: channels[0].urls: the URL is given twice, here and in url; keep one"]
            ),
            (
                "[{name: a, type: webhook, url: 'http://h', secret: s, secret_file: /u}]",
                ["65: channels[0].secret_file: the signing secret is given twice, here and in secret; keep one"]
            ),
            (
                "[{name: a, type: pagerduty, routing_key: k, routing_key_file: /u}]",
                ["55: channels[0].routing_key_file: the routing key is given twice, here and in routing_key; keep one"]
            ),
            (
                "[{name: a, type: webhook, url: 'http://h', format: standart}]",
                ["62: channels[0].format: \"standart\" is not one of alertmanager, standard; did you mean standard?"]
            ),
            (
                "[{name: a, type: webhook, url: h}]",
                ["42: channels[0].url: the URL starts neither with http:// nor with https://"]
            ),
            ("[{name: a, type: webhook, url: }]", ["42: channels[0].url: empty; \(url) is meant"]),
            (
                "[{name: a, type: webhook, url: 'http://h#x'}]",
                ["42: channels[0].url: a fragment (#…) is never sent; leave it out, or write %23 where # is meant"]
            ),
            (
                "[{name: a, type: alertmanager, urls: []}]",
                ["48: channels[0].urls: empty; a list such as [\"http://am-0:9093\", \"http://am-1:9093\"] is meant"]
            ),
            (
                "[{name: a, type: alertmanager, urls: [x, 'http://h', [y], 'http://h']}]",
                [
                    "49: channels[0].urls[0]: the URL starts neither with http:// nor with https://",
                    "64: channels[0].urls[2]: a list, where \(url) is meant",
                    "69: channels[0].urls[3]: this URL is given twice",
                ]
            ),
            (
                "[{name: a, type: webhook, url: 'http://h', secret: whsec_AAAA}]",
                ["62: channels[0].secret: the signing key has 3 bytes after whsec_; 24 to 64 are meant"]
            ),
            (
                "[{name: a, type: webhook, url: 'http://h', secret: \"a\\nb\"}]",
                ["62: channels[0].secret: a control character is in it"]
            ),
            (
                "[{name: a, type: pagerduty, routing_key: a b}]",
                [
                    "52: channels[0].routing_key: a space, a control character or a letter beyond ASCII is in the routing key"
                ]
            ),
            (
                "[{name: a, type: webhook, url: 'http://h', headers: {a b: c, Host: d, X: e, x: f, Y: [g], '': h, Z: \"\\t\"}}]",
                [
                    "64: channels[0].headers: not the name of a header: letters, digits and -, such as X-Api-Key",
                    "72: channels[0].headers.Host: weir sets this header itself",
                    "87: channels[0].headers.x: given twice, first in line 2",
                    "96: channels[0].headers.Y: a list, where a text is meant",
                    "101: channels[0].headers: not the name of a header: letters, digits and -, such as X-Api-Key",
                    "111: channels[0].headers.Z: a control character is in it",
                ]
            ),
            (
                "[{name: a, type: webhook, url: 'http://h', send_resolved: no, repeat_interval: 31d, timeout: 61s}]",
                [
                    "69: channels[0].send_resolved: \"no\" is not true or false; yes, no, on and off are only words here",
                    "90: channels[0].repeat_interval: \"31d\" is out of range: 1s to 30d, such as 4h",
                    "104: channels[0].timeout: \"61s\" is out of range: 1s to 1m, such as 15s",
                ]
            ),
            (
                "[{name: a, type: webhook, url: 'http://h', repeat_interval: 999ms, timeout: 5, ca_file: 'http://x'}]",
                [
                    "71: channels[0].repeat_interval: \"999ms\" is out of range: 1s to 30d, such as 4h",
                    "87: channels[0].timeout: 5 has no unit: 5s?",
                    "99: channels[0].ca_file: a URL, where the path of a file is meant",
                ]
            ),
            (
                "[{name: a, type: webhook, url: 'http://h', formt: x}]",
                ["54: channels[0].formt: unknown key; did you mean format?"]
            ),
        ] as [(String, [String])])
    func refused(yaml: String, expected: [String]) {
        // Files that are named besides what is wrong are not there; that is not the point.
        let complaints = Loading(Self.target + "channels: " + yaml).complaints()
        #expect(complaints.filter { !$0.contains("cannot be read") } == expected.map { "weir.yaml:2:" + $0 })
    }

    @Test(
        "with files that hold the wrong thing are refused, and all of them at once",
        arguments: [
            ("", "the file holds no URL", "the file holds no signing secret", "the file holds no routing key"),
            ("\n", "the file holds no URL", "the file holds no signing secret", "the file holds no routing key"),
            (
                "hunter2\u{1}",
                "a space, a control character or a letter beyond ASCII is in the URL; they are written "
                    + "percent-encoded", "a control character is in it",
                "a space, a control character or a letter beyond ASCII is in the routing key"
            ),
            (
                "whsec_hunter2\n\n",
                "a space, a control character or a letter beyond ASCII is in the URL; they are "
                    + "written percent-encoded",
                "what follows whsec_ in the signing key is not base64 with its = at the end",
                "a space, a control character or a letter beyond ASCII is in the routing key"
            ),
        ] as [(String, String, String, String)])
    func wrongFiles(contents: String, url: String, secret: String, routingKey: String) {
        var loading = Loading(
            Self.target + """
                channels:
                  - name: a
                    type: webhook
                    url_file: /f
                    secret_file: /f
                  - name: b
                    type: pagerduty
                    routing_key_file: /f
                heartbeat:
                  url_file: /f
                """)
        #expect(
            loading.complaints()
                == [
                    "5:15: channels[0].url_file", "6:18: channels[0].secret_file", "9:23: channels[1].routing_key_file",
                    "11:13: heartbeat.url_file",
                ].map { "weir.yaml:\($0): cannot be read: No such file or directory" })
        loading.files["/f"] = Array(contents.utf8)
        #expect(
            loading.complaints() == [
                "weir.yaml:5:15: channels[0].url_file: \(url)", "weir.yaml:6:18: channels[0].secret_file: \(secret)",
                "weir.yaml:9:23: channels[1].routing_key_file: \(routingKey)",
                "weir.yaml:11:13: heartbeat.url_file: \(url)",
            ])
        loading.files["/f"] = [0xff]
        #expect(loading.complaints().allSatisfy { $0.hasSuffix(": the file is not valid UTF-8") })
        #expect(loading.complaints().count == 4)
    }

    @Test(
        "whose secrets others can read are warned of",
        arguments: [
            (
                "{name: a, type: slack, url: 'https://h/t'}",
                ["35: channels[0].url: the URL of a chat", "url_file keeps it apart"]
            ),
            (
                "{name: a, type: discord, url: 'https://h/t'}",
                ["37: channels[0].url: the URL of a chat", "url_file keeps it apart"]
            ),
            ("{name: a, type: webhook, url: 'https://h/t'}", []),
            ("{name: a, type: alertmanager, urls: ['https://h/t']}", []),
            (
                "{name: a, type: webhook, url: 'https://u:p@h/t'}",
                ["37: channels[0].url: a password", "url_file keeps it apart"]
            ),
            (
                "{name: a, type: alertmanager, url: 'https://u:p@h/t'}",
                ["42: channels[0].url: a password", "let nobody but weir read it"]
            ),
            (
                "{name: a, type: alertmanager, urls: ['https://u:p@h/t']}",
                ["49: channels[0].urls[0]: a password", "let nobody but weir read it"]
            ),
            (
                "{name: a, type: webhook, url: 'https://h', secret: s}",
                ["55: channels[0].secret: a signing secret", "secret_file keeps it apart"]
            ),
            (
                "{name: a, type: pagerduty, routing_key: k}",
                ["39: channels[0].routing_key: a routing key", "routing_key_file keeps it apart"]
            ),
        ] as [(String, [String])])
    func warnings(yaml: String, expected: [String]) throws {
        let lines =
            expected.isEmpty
            ? []
            : ["weir.yaml:2:\(expected[0]) in the file can be read by whoever reads the file; \(expected[1])"]
        #expect(try Loading(Self.target + "channels: [\(yaml)]").load().warnings == lines)
    }
}
