import RedisClient

extension RedisConnection {
    /// Processor time that the server has used, from `INFO cpu`.
    func serverSeconds() throws -> Double {
        let reply = try pipeline([RedisCommand("INFO", "cpu")]).replies.first
        let lines = String(decoding: reply?.bytes ?? [], as: UTF8.self).split(whereSeparator: \.isNewline)
        return ["used_cpu_user:", "used_cpu_sys:"].reduce(0) { sum, name in
            sum + (lines.first { $0.hasPrefix(name) }.flatMap { Double($0.dropFirst(name.count)) } ?? 0)
        }
    }
}
