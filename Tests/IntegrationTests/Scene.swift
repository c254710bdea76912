import TestSupport

/// A server, a client of it, and weir's watch on it.
struct Scene {
    let server: RedisServer
    let client: ServerCommands
    var watch: Watch
}
