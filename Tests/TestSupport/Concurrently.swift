/// Makes so many at once, each given its index; in the order of these.
func concurrently<Value: Sendable>(
    _ count: Int, _ make: @escaping @Sendable (Int) async throws -> Value
) async throws -> [Value] {
    try await withThrowingTaskGroup { group in
        for index in 0..<count { group.addTask { (index, try await make(index)) } }
        var made: [Int: Value] = [:]
        for try await (index, value) in group { made[index] = value }
        return made.sorted { $0.key < $1.key }.map(\.value)
    }
}
