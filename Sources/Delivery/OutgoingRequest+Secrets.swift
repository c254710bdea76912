import FoundationEssentials
import Platform

extension OutgoingRequest {
    /// What an answer may repeat of the request and messages must not show: of the URL all but the host, whole and in
    /// its parts, and the values of headers.
    ///
    /// In whatever form receivers repeat them: decoded, escaped as in JSON, and as curl sends user and password. Parts of
    /// fewer than eight bytes are words rather than secrets.
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
        let plain = (wholes + parts).map(Array.init)
        let decoded = plain.filter { $0.contains(UInt8(ascii: "%")) }.map(Self.percentDecoded)
        let escaped = (plain + decoded).filter { $0.contains(slash) }.map {
            $0.flatMap { $0 == slash ? [UInt8(ascii: "\\"), $0] : [$0] }
        }
        let credentials =
            userInfo.isEmpty ? [] : [Array(Data(Self.percentDecoded(Array(userInfo))).base64EncodedString().utf8)]
        return plain + decoded + escaped + credentials
    }

    /// What is no escape stays as it is.
    private static func percentDecoded(_ bytes: [UInt8]) -> [UInt8] {
        var decoded: [UInt8] = []
        var rest = bytes[...]
        while let byte = rest.popFirst() {
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            if byte == UInt8(ascii: "%"), digits.utf8.count == 2, let value = UInt8(digits, radix: 16) {
                decoded.append(value)
                rest = rest.dropFirst(2)
            } else {
                decoded.append(byte)
            }
        }
        return decoded
    }
}

private let slash = UInt8(ascii: "/")
