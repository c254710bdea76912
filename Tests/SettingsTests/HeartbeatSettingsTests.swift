import Delivery
import Platform
import Settings
import Testing

@Suite("The heartbeat")
struct HeartbeatSettingsTests {
    private static let target = "targets: [{url: 'redis://h'}]\n"

    @Test("is none by default", arguments: ["", "heartbeat:", "heartbeat: ~"])
    func none(yaml: String) throws {
        #expect(try Loading(Self.target + yaml).load().heartbeat == nil)
    }

    @Test("has a URL, in place or in a file, and beats every minute")
    func read() throws {
        let url = Secret(Array("https://hc.example/1".utf8))
        #expect(
            try Loading(Self.target + "heartbeat: {url: 'https://hc.example/1'}").load().heartbeat
                == HeartbeatSettings(url: url, interval: .seconds(60)))
        var loading = Loading(Self.target + "heartbeat: {url_file: /u, every: 1d, ca_file: /ca}")
        loading.files["/u"] = Array("https://hc.example/1\n".utf8)
        var expected = HeartbeatSettings(url: url, interval: .seconds(86_400))
        expected.caFile = "/ca"
        #expect(try loading.load().heartbeat == expected)
    }

    @Test(
        "that is wrong is refused",
        arguments: [
            ("{}", "12: heartbeat: neither url nor url_file; one of them is meant"),
            ("a", "12: heartbeat: a single value, where a mapping (key: value) is meant"),
            ("{every: 5m}", "12: heartbeat: neither url nor url_file; one of them is meant"),
            ("{url: h}", "18: heartbeat.url: the URL starts neither with http:// nor with https://"),
            ("{url: 'http://h', every: 999ms}", "37: heartbeat.every: \"999ms\" is out of range: 1s to 1d, such as 1m"),
            ("{url: 'http://h', every: 25h}", "37: heartbeat.every: \"25h\" is out of range: 1s to 1d, such as 1m"),
            ("{url: 'http://h', ca_file: }", "39: heartbeat.ca_file: empty; the path of a file is meant"),
            (
                "{url: 'http://h', timeout: 5s}",
                "30: heartbeat.timeout: unknown key; known are url, url_file, every, ca_file"
            ),
        ])
    func refused(yaml: String, expected: String) {
        #expect(Loading(Self.target + "heartbeat: " + yaml).complaints() == ["weir.yaml:2:" + expected])
    }

    @Test("with a password in its URL is warned of")
    func warning() throws {
        #expect(
            try Loading(Self.target + "heartbeat: {url: 'https://u:p@h'}").load().warnings == [
                "weir.yaml:2:13: heartbeat.url: a password in the file can be read by whoever reads the file; "
                    + "url_file keeps it apart"
            ])
    }
}
