extension Name {
    /// The same number for the same name in every process, on every machine: FNV-1a of 64 bits, its halves folded.
    ///
    /// Folded, because the low bits of FNV-1a alone depend on the low bits of the bytes alone.
    package var stableHash: UInt64 {
        let hash = bytes.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
        return hash ^ (hash >> 32)
    }

    /// The same number from 0 up to 1 for the same name everywhere, evenly spread however alike the names are.
    package var stableShare: Double {
        Double((stableHash &* 0x9e37_79b9_7f4a_7c15) >> 11) / Double(1 << 53 as UInt64)
    }
}
