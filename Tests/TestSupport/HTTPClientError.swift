/// Why there is no response.
package enum HTTPClientError: Error, Equatable {
    case couldNotConnect(errno: Int32)
    case couldNotSend(errno: Int32)
    /// The server closed the connection, or said nothing for ten seconds, before the response was complete.
    case incomplete(received: String)
    case malformed(String)
}
