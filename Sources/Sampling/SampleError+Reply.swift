package import RedisClient
package import StreamModel

extension SampleError {
    /// An error reply that concerns one key.
    ///
    /// Only the first word is read, and for `ERR` the one text that Redis has kept since 5.0: the others differ between
    /// versions.
    package init(_ error: RedisErrorReply, to command: String) {
        switch error.code {
        case "WRONGTYPE": self = .wrongType
        case "NOGROUP": self = .noSuchGroup
        case "NOPERM": self = .noPermission(command: command)
        case "ERR" where error.message == "ERR no such key": self = .noSuchKey
        default: self = .refused(command: command, message: error.message)
        }
    }
}

extension RedisErrorReply {
    /// Whether the error concerns the whole server: asking for a thousand keys more would bring the same.
    ///
    /// `CLUSTERDOWN Hash slot not served` is about one slot; only `CLUSTERDOWN The cluster is down` is about all.
    var concernsServer: Bool {
        ["LOADING", "NOAUTH", "BUSY", "MASTERDOWN"].contains(code)
            || message.hasPrefix("CLUSTERDOWN The cluster is down")
    }
}
