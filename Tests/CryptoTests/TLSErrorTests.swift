import Crypto
import Platform
import Testing

@Suite("Errors of TLS as text")
struct TLSErrorTests {
    @Test(
        "A certificate's fault is said in plain words",
        arguments: [
            (.expired(at: 1_580_515_200), "it expired on 2020-02-01 00:00:00 UTC"),
            (.expired(at: -1), "it expired on 1969-12-31 23:59:59 UTC"),
            (.expired(at: nil), "an authority's certificate has expired"),
            (.notYetValid(before: nil), "an authority's certificate is not valid yet"),
            (.revoked, "it has been revoked"),
            (.wrongName(expected: "a", names: []), "it is for no name, and not for a"),
            (.wrongName(expected: "a", names: ["b", "c"]), "it is for b, c, not for a"),
        ] as [(CertificateFault, String)])
    func fault(_ fault: CertificateFault, text: String) {
        #expect("\(fault)" == text)
        #expect("\(TLSError.untrusted([fault]))" == "the server's certificate is not trusted: " + text)
    }

    @Test(
        "An alert has GnuTLS' name, or its number",
        arguments: [(48, "CA is unknown"), (116, "Certificate is required"), (200, "number 200")])
    func alert(code: UInt8, text: String) {
        #expect("\(TLSAlert(code: code))" == text)
    }
}
