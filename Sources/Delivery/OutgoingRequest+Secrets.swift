import Platform

extension OutgoingRequest {
    /// What an answer may repeat of the request and messages must not show: of the URL all but the host, whole and in
    /// its parts, and the values of headers.
    ///
    /// Parts of fewer than eight bytes are words rather than secrets.
    var secrets: [[UInt8]] {
        let url = url.bytes[...]
        let afterScheme =
            url.firstIndex(of: UInt8(ascii: ":")).map { url[$0...].dropFirst().drop { $0 == slash } } ?? url
        let authority = afterScheme.prefix { !"/?#".utf8.contains($0) }
        let userInfo = authority.lastIndex(of: UInt8(ascii: "@")).map { authority[..<$0] } ?? []
        let rest = afterScheme[authority.endIndex...]
        let values = headers.filter { $0.name.lowercased() != "content-type" }.map { $0.value.bytes[...] }
        let wholes = ([userInfo, rest] + values).filter { $0.count > 1 }
        let parts = wholes.flatMap { $0.split { "/?&=#;:, ".utf8.contains($0) } }.filter { $0.count >= 8 }
        return (wholes + parts).map(Array.init)
    }
}

private let slash = UInt8(ascii: "/")
