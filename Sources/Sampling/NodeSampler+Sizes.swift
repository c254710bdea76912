import RedisClient
import StreamModel

extension NodeSampler {
    /// Estimates what the entries of those streams take that were never asked for any: nobody is to get a megabyte from
    /// each of a hundred streams at first sight.
    mutating func estimateSizes(of names: [Name], _ results: inout StreamResults) async throws(RedisClientError) {
        let isPossible = ["MEMORY USAGE", "XLEN", "XINFO STREAM"].allSatisfy { denials[$0] == nil }
        let names = names.filter { records[$0]?.entryBytes == nil }
        guard isPossible, !names.isEmpty else { return }
        let batches = names.batched(count: SamplingPlan.streamsPerBatch, limit: .max) { _ in 0 }
        let requests = batches.map { names in
            RedisRequest(
                names.flatMap { name in
                    [RedisCommand("MEMORY", "USAGE", key: name.bytes), RedisCommand("XLEN", key: name.bytes)]
                })
        }
        let replies = try await exchange(requests) { $1.replies }.flatMap(\.self)
        for (index, name) in names.enumerated() {
            let (memory, length) = (replies[2 * index], replies[2 * index + 1])
            if let error = length.error ?? memory.error {
                // About the command: sizes stay unknown.
                if denials["XLEN"] == nil, denials["MEMORY USAGE"] == nil || length.error != nil {
                    fail(name, SampleError(error, to: length.error == nil ? "MEMORY USAGE" : "XLEN"), &results)
                }
            } else if memory == .null {
                fail(name, .noSuchKey, &results)
            } else if let bytes = memory.integer, let length = length.integer {
                note(bytes, length, of: name)
            }
        }
    }

    private mutating func note(_ memoryBytes: Int64, _ length: Int64, of name: Name) {
        records[name, default: StreamRecord()].memoryBytes = memoryBytes
        let entries = max(0, memoryBytes - SamplingPlan.emptyStreamBytes)
        let entry = length == 0 ? 0 : Int(clamping: entries / length)
        records[name]?.entryBytes = entry
        let (both, isTooLarge) = entry.multipliedReportingOverflow(by: 2)
        if isTooLarge || both > plan.payloadGuard { payloads.expect(isTooLarge ? .max : both, of: name) }
    }
}
