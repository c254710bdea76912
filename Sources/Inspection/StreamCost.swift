import Sampling

/// What a stream's entries take.
package enum StreamCost {
    /// Of one entry in bytes, by `MEMORY USAGE`; 0 for a stream without entries.
    package static func entryBytes(memory: Int64, length: Int64) -> Int {
        length == 0 ? 0 : Int(clamping: max(0, memory - SamplingPlan.emptyStreamBytes) / length)
    }
}
