/// An error that the server answered: `WRONGTYPE Operation against a key …`.
package struct RedisErrorReply: Error, Equatable, Sendable {
    package let message: String

    package init(message: String) {
        self.message = message
    }

    /// The first word, which tells the kind; the words after it differ between versions.
    package var code: Substring { message.prefix { $0 != " " } }
}
