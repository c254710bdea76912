extension Int64 {
    /// The sum of two numbers from 0, or the highest there is: a delivery count may be set to anything.
    package func addingClamped(_ other: Int64) -> Int64 {
        let (sum, isTooMuch) = addingReportingOverflow(other)
        return isTooMuch ? .max : sum
    }
}
