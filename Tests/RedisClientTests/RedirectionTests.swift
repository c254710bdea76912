import RedisClient
import Testing

@Suite("Redirections")
struct RedirectionTests {
    private static let asked = RedisEndpoint.Address.tcp(host: "10.0.0.1", port: 6379)

    private func redirection(_ message: String, from asked: RedisEndpoint.Address = Self.asked) -> Redirection? {
        Redirection(RedisErrorReply(message: message), from: asked)
    }

    @Test(
        "MOVED and ASK say where, the host being the one that answered where they leave it out",
        arguments: [
            ("MOVED 3999 127.0.0.1:6381", Redirection.moved(slot: 3999, to: .tcp(host: "127.0.0.1", port: 6381))),
            ("ASK 3999 127.0.0.1:6381", .ask(slot: 3999, to: .tcp(host: "127.0.0.1", port: 6381))),
            ("MOVED 0 ::1:6381", .moved(slot: 0, to: .tcp(host: "::1", port: 6381))),
            ("ASK 16383 fe80::2:65535", .ask(slot: 16383, to: .tcp(host: "fe80::2", port: 65535))),
            ("MOVED 1 redis-1.example:6379", .moved(slot: 1, to: .tcp(host: "redis-1.example", port: 6379))),
            ("MOVED 1 :6380", .moved(slot: 1, to: .tcp(host: "10.0.0.1", port: 6380))),
            ("MOVED 1 ?:6380", .moved(slot: 1, to: .tcp(host: "10.0.0.1", port: 6380))),
        ])
    func understood(message: String, redirection: Redirection) {
        #expect(self.redirection(message) == redirection)
    }

    @Test(
        "Other errors are no redirections",
        arguments: [
            "ERR no such key", "MOVED", "MOVED 3999", "MOVED 3999 host", "MOVED 3999 host:", "MOVED 3999 host:65536",
            "MOVED 3999 host:x", "MOVED 16384 host:1", "MOVED -1 host:1", "MOVED x host:1", "MOVED 1 host:1 more",
            "moved 1 host:1", "ASKING 1 host:1", "TRYAGAIN Multiple keys request during rehashing of slot", "",
        ])
    func others(_ message: String) {
        #expect(redirection(message) == nil)
    }

    @Test("Through a socket there is no host to stand in for one that is left out")
    func socket() {
        #expect(redirection("MOVED 1 :6380", from: .unix(path: "/redis.sock")) == nil)
        #expect(redirection("MOVED 1 h:6380", from: .unix(path: "/redis.sock"))?.address == .tcp(host: "h", port: 6380))
    }

    @Test("The slot and the server are read from both kinds alike")
    func parts() {
        for message in ["MOVED 7 h:1", "ASK 7 h:1"] {
            #expect(redirection(message)?.slot == 7)
            #expect(redirection(message)?.address == .tcp(host: "h", port: 1))
        }
    }
}
