import Delivery
import Platform
import Synchronization

/// Answers requests as a test wants, and keeps what was sent.
final class ScriptedSender: HTTPSending {
    typealias Answer = @Sendable (OutgoingRequest, _ number: Int) async throws(TransferError) -> ReceivedAnswer

    private let answer: Answer
    private let requests = Mutex<[OutgoingRequest]>([])

    /// `number`: of the request, from 0.
    init(_ answer: @escaping Answer) {
        self.answer = answer
    }

    convenience init(status: Int) {
        self.init { (_, _) throws(TransferError) in ReceivedAnswer(status: status) }
    }

    func send(_ request: OutgoingRequest) async throws(TransferError) -> ReceivedAnswer {
        let number = requests.withLock { requests in
            requests.append(request)
            return requests.count - 1
        }
        return try await answer(request, number)
    }

    /// The `webhook-id` of each request, in order.
    var ids: [String] { header("webhook-id") }

    var urls: [String] { sent.map { String(decoding: $0.url.bytes, as: UTF8.self) } }

    var sent: [OutgoingRequest] { requests.withLock(\.self) }

    private func header(_ name: String) -> [String] {
        sent.map { request in
            request.headers.first { $0.name == name }.map { String(decoding: $0.value.bytes, as: UTF8.self) } ?? ""
        }
    }
}
