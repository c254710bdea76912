import DemoWorkload
import RedisClient

/// Streams to measure on: each with 20 entries, and consumers that hold three entries each.
struct Population: Sendable {
    var streams: Int
    var groups: Int
    var consumers: Int

    var label: String { "\(streams) streams x \(groups) groups x \(consumers) consumers" }

    static func name(_ stream: Int) -> String { "stream:\(stream)" }

    static func group(_ number: Int) -> String { "group-\(number)" }

    func fill(_ endpoint: RedisEndpoint) async throws {
        let connection = try await RedisConnection.onceUp(endpoint)
        _ = try await connection.pipeline([RedisCommand("FLUSHALL")])
        for stream in 0..<streams {
            var commands = Array(repeating: RedisCommand("XADD", Self.name(stream), "*", "field", "value"), count: 20)
            for group in 0..<groups {
                commands.append(RedisCommand("XGROUP", "CREATE", Self.name(stream), Self.group(group), "0"))
                for consumer in 0..<consumers {
                    commands.append(
                        RedisCommand(
                            "XREADGROUP", "GROUP", Self.group(group), "consumer-\(consumer)", "COUNT", "3", "STREAMS",
                            Self.name(stream), ">"))
                }
            }
            _ = try await connection.pipeline(commands)
        }
    }
}
