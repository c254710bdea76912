import Delivery
import Settings

/// Why a running weir could not be read.
///
/// `url` is without user and password.
enum LookError: Error, Equatable {
    case transfer(url: String, TransferError)
    case status(url: String, Int)
    /// An answer was under way when time was up.
    case unfinished(url: String, after: Duration)
    case tooLong(url: String, bytes: Int)
    /// `page`: what was asked for, such as `snapshot`.
    case document(url: String, page: String, DocumentFault)
}

extension LookError: CustomStringConvertible {
    var description: String {
        switch self {
        case .transfer(let url, let error): "\(url): \(error)"
        case .status(let url, 401): "\(url): it answered 401: it wants a user and a password in the URL, or others"
        case .status(let url, let status): "\(url): it answered \(status)"
        case .unfinished(let url, let limit):
            "\(url): the whole answer did not come within \(DurationText.format(limit))"
        case .tooLong(let url, let bytes): "\(url): the answer is longer than \(bytes >> 20) MiB"
        case .document(let url, _, .schema(let schema)):
            "\(url): the answer is of schema \(schema), and this weir reads schema 1"
        case .document(let url, let page, let fault): "\(url): the answer is not weir's \(page): \(fault)"
        }
    }
}
