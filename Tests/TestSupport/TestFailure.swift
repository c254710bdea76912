/// Why a test cannot go on, where that is no matter of an expectation.
package enum TestFailure: Error {
    case system(call: String, errno: Int32)
    case didNotStart(output: String)
    case didNotEnd(within: Duration, output: String)
    case neverHappened(within: Duration, last: String)
    case noExecutable(lookedAt: [String])
}
