/// Sends requests: over the network in weir, however they like in tests.
package protocol HTTPSending: Sendable {
    /// The answer, whatever its status.
    func send(_ request: OutgoingRequest) async throws(TransferError) -> ReceivedAnswer
}
