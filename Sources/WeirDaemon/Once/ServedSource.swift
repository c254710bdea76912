import Delivery
import Platform
import Settings

/// Looks at what a running weir says.
struct ServedSource: LookSource {
    private static let longestAnswer = 256 << 20

    let url: WeirURL
    /// For each page.
    let limit: Duration
    let sender: any HTTPSending

    func look() async throws(LookError) -> Look {
        Look(
            snapshot: try await document("snapshot"), alerts: try await document("alerts"))
    }

    private func document<Document: JSONDocument & Decodable>(_ page: String) async throws(LookError) -> Document {
        let answer = try await answer("/api/v1/\(page)")
        do throws(DocumentFault) {
            return try Document(json: answer)
        } catch {
            throw .document(url: url.shown, page: page, error)
        }
    }

    private func answer(_ path: String) async throws(LookError) -> [UInt8] {
        var request = OutgoingRequest(method: .get, url: url.page(path), timeout: limit)
        request.bodyLimit = Self.longestAnswer
        let answer: ReceivedAnswer
        do throws(TransferError) {
            answer = try await sender.send(request)
        } catch {
            throw .transfer(url: url.shown, error)
        }
        guard answer.status == 200 else { throw .status(url: url.shown, answer.status) }
        if let shortfall = answer.shortfall {
            if case .timedOut = shortfall { throw .unfinished(url: url.shown, after: limit) }
            throw .transfer(url: url.shown, shortfall)
        }
        guard answer.body.count < Self.longestAnswer else {
            throw .tooLong(url: url.shown, bytes: Self.longestAnswer)
        }
        return answer.body
    }
}
