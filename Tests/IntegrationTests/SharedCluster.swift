import TestSupport
import Testing

/// Gives the tests of a suite one cluster together, of three primaries without replicas.
struct SharedCluster: SuiteTrait, TestScoping {
    @TaskLocal static var current: TestCluster?

    let argument: String
    let value: String

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        try await Self.$current.withValue(try await TestCluster(replicas: 0, argument, value), operation: function)
    }
}

extension Trait where Self == SharedCluster {
    /// The argument and its value are every server's.
    static func cluster(_ argument: String, _ value: String) -> Self { SharedCluster(argument: argument, value: value) }
}
