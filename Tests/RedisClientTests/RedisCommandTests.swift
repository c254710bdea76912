import Platform
import RedisClient
import Testing

@Suite("Commands and secrets as text")
struct RedisCommandTests {
    @Test(
        "A command's name holds none of its arguments",
        arguments: [
            (RedisCommand("AUTH", "user", "pw"), "AUTH"), (RedisCommand("xinfo", "stream", "key"), "XINFO STREAM"),
            (RedisCommand("CLIENT", "SETNAME", "weir"), "CLIENT SETNAME"), (RedisCommand("XLEN", key: [0xff]), "XLEN"),
            (RedisCommand("CLUSTER", "SLOTS"), "CLUSTER SLOTS"),
            (RedisCommand("SENTINEL", "CKQUORUM", "x"), "SENTINEL CKQUORUM"),
            (RedisCommand([]), ""),
        ])
    func name(command: RedisCommand, name: String) {
        #expect(command.name == name)
    }

    @Test("A secret cannot be printed, alone or within an endpoint")
    func secret() {
        let endpoint = RedisEndpoint(
            address: .tcp(host: "::1", port: 6379), username: "weir", password: .secret(Secret(Array("hunter2".utf8))))
        var dumped = ""
        dump(endpoint, to: &dumped)
        for text in ["\(endpoint)", String(reflecting: endpoint), dumped, endpoint.node] {
            #expect(!text.contains("hunter2"))
            #expect(!text.contains("104"), "the bytes of it")
        }
        #expect(endpoint.node == "[::1]:6379")
    }
}
