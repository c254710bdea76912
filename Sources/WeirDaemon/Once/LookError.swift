import Delivery

/// Why a running weir could not be read.
///
/// `url` is without user and password.
enum LookError: Error, Equatable {
    case transfer(url: String, TransferError)
    case status(url: String, Int)
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
        case .tooLong(let url, let bytes): "\(url): the answer is longer than \(bytes >> 20) MiB"
        case .document(let url, _, .schema(let schema)):
            "\(url): the answer is of schema \(schema), and this weir reads schema 1"
        case .document(let url, let page, let fault): "\(url): the answer is not weir's \(page): \(fault)"
        }
    }
}
