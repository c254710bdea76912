/// The names of headers that the user adds to what is sent.
enum HeaderText {
    /// What the transfer itself decides, in lower case.
    private static let own = ["host", "content-length", "transfer-encoding", "connection"]

    /// Checks a name as HTTP means it: a token.
    static func checkName(_ name: String) throws(Complaint) {
        let isToken = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
            }
        }
        guard !name.isEmpty, isToken else { throw .headerName }
        guard !own.contains(name.lowercased()) else { throw .ownHeader }
    }
}
