package import Platform

/// A password, or where it is kept.
package enum RedisPassword: Hashable, Sendable {
    case secret(Secret)
    /// Read anew for each connection, so that a password that has been replaced is found.
    case file(path: String)
}

extension RedisPassword {
    /// The password as it is now; a pipe that nobody writes into is not waited for.
    func read() throws(RedisClientError) -> Secret {
        switch self {
        case .secret(let secret): return secret
        case .file(let path):
            let contents: [UInt8]
            do throws(FileReadError) {
                contents = try FileContents.readAtOnce(path)
            } catch {
                throw .unreadablePasswordFile(path: path, error)
            }
            guard let secret = Secret(fileContents: contents) else { throw .emptyPasswordFile(path: path) }
            return secret
        }
    }
}
