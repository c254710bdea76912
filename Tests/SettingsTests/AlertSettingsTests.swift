import Alerting
import Settings
import Testing

@Suite("Labels and links of alerts")
struct AlertSettingsTests {
    private static let target = "targets: [{url: 'redis://h'}]\n"

    @Test("are none by default, but links to weir's own runbooks")
    func defaults() throws {
        let alerts = try Loading(Self.target + "alert_labels:").load().alerts
        #expect(alerts.labels == [:])
        #expect(alerts.externalURL == nil)
        #expect(alerts.runbooksURL == AlertSettings.defaultRunbooksURL)
        #expect(alerts.rules == [:])
    }

    @Test("are read")
    func labels() throws {
        let alerts = try Loading(Self.target + "alert_labels: {cluster: eu1, Zone_2: \"b c\"}").load().alerts
        #expect(alerts.labels == ["cluster": "eu1", "Zone_2": "b c"])
    }

    @Test(
        "have URLs without a slash at the end",
        arguments: [
            ("https://weir.example", "https://weir.example"), ("http://h:8080/weir/", "http://h:8080/weir"),
            ("https://[::1]:1///", "https://[::1]:1"), ("HTTPS://127.0.0.1/a//b", "HTTPS://127.0.0.1/a//b"),
        ])
    func urls(text: String, expected: String) throws {
        let alerts = try Loading(Self.target + "external_url: '\(text)'\nrunbooks_url: \(text)").load().alerts
        #expect(alerts.externalURL == expected)
        #expect(alerts.runbooksURL == expected)
    }

    @Test(
        "have URLs that people can open",
        arguments: [
            ("''", "empty; a URL such as https://example.com is meant"),
            ("[a]", "a list, where a URL such as https://example.com is meant"),
            ("weir.example", "the URL starts neither with http:// nor with https://"),
            ("ftp://weir.example", "the URL starts neither with http:// nor with https://"),
            ("http://", "the URL has no host; https://host/path is meant"),
            ("http:///a", "the URL has no host; https://host/path is meant"),
            ("http://:80", "the URL has no host; https://host/path is meant"),
            ("http://a,b", "the host is neither a name nor an address, such as https://example.com/hook"),
            ("http://1.2.3", "the host is neither a name nor an address, such as https://example.com/hook"),
            ("http://h:0", "the port is a number from 1 to 65535, such as http://127.0.0.1:9093"),
            ("http://h:+1", "the port is a number from 1 to 65535, such as http://127.0.0.1:9093"),
            ("'http://h:'", "the port is a number from 1 to 65535, such as http://127.0.0.1:9093"),
            (
                "http://::1",
                "an IPv6 address stands in brackets, and nothing else does, such as http://[::1]:9093"
            ),
            (
                "'http://[h]'",
                "an IPv6 address stands in brackets, and nothing else does, such as http://[::1]:9093"
            ),
            (
                "http://h/a b",
                "a space, a control character or a letter beyond ASCII is in the URL; they are written percent-encoded"
            ),
            ("http://h/?a", "a query (?…) has no place here: paths are added to the URL"),
            ("'http://h#a'", "a fragment (#…) is never sent; leave it out, or write %23 where # is meant"),
            (
                "http://u:hunter2@h",
                "a user or a password has no place here: everybody who gets an alert sees the URL"
            ),
        ])
    func badURLs(text: String, expected: String) {
        for key in ["external_url", "runbooks_url"] {
            #expect(
                Loading(Self.target + "\(key): \(text)").complaints()
                    == ["weir.yaml:2:15: \(key): \(expected)"])
        }
    }

    @Test("are refused under names that are none, or weir's own")
    func badLabels() {
        let own =
            "alerts have this label from weir; its own are alertname, severity, target, node, stream, group, consumer"
        #expect(
            Loading(Self.target + "alert_labels: {severity: a, ok: b, \"a\\tb\": c}").complaints() == [
                "weir.yaml:2:16: alert_labels.severity: \(own)",
                "weir.yaml:2:36: alert_labels: not the name of a label: letters, digits and _, no digit first and not __",
            ])
    }
}
