import StreamModel

extension SampleError {
    /// The errors of several streams, by name, as one that says which is the first; nil where there is none.
    init?(ofParts parts: [(stream: Name, error: SampleError?)]) {
        let failed = parts.compactMap { part in part.error.map { (part.stream, $0) } }
        guard let (stream, error) = failed.first else { return nil }
        self = .parts(failed: failed.count, of: parts.count, first: stream, error)
    }
}
