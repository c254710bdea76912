import StreamModel

/// Makes the IDs of actions, such as `1795275971969-0-0k3f9a`: when, a number within that millisecond, and six
/// characters that tell one run of weir from every other.
///
/// Those of one run increase as the IDs of a stream do, also where its clock goes back.
struct ActionIDs: Sendable {
    private let run: String
    private var milliseconds: Int64?
    private var sequence = 0

    init(run: UInt32 = .random(in: .min ... .max)) {
        // What fits into six digits: one run in two thousand million has the same.
        let digits = String(run % 2_176_782_336, radix: 36)
        self.run = String(repeating: "0", count: 6 - digits.utf8.count) + digits
    }

    mutating func next(at time: Timestamp) -> String {
        if let milliseconds, time.milliseconds <= milliseconds {
            sequence += 1
        } else {
            milliseconds = time.milliseconds
            sequence = 0
        }
        return "\(milliseconds ?? time.milliseconds)-\(sequence)-\(run)"
    }
}
