import Crypto
import FoundationEssentials

/// The page at `/`, which reads the API: one document, with its style and its script inside.
package struct StatusPage: Sendable {
    package let html: [UInt8]
    /// Nothing but the document's own style and script is loaded or run, and nobody is asked but weir.
    package let contentSecurityPolicy: String

    /// In the order in which they are run; what they share is declared before it is used.
    private static let scripts = [
        PackageResources.dom_js, PackageResources.words_js, PackageResources.command_js, PackageResources.api_js,
        PackageResources.sparkline_js, PackageResources.model_js, PackageResources.group_js,
        PackageResources.trouble_js, PackageResources.lately_js, PackageResources.table_js,
        PackageResources.servers_js, PackageResources.remediation_js, PackageResources.main_js,
    ]

    package init() {
        let style = Self.text(PackageResources.page_css)
        let script = Self.scripts.map { Self.bare(Self.text($0)) }.joined()
        html = Array(
            Self.text(PackageResources.page_html).replacing("/*style*/", with: style)
                .replacing("/*script*/", with: script).utf8)
        contentSecurityPolicy =
            "default-src 'none'; connect-src 'self'; style-src \(Self.source(style)); script-src \(Self.source(script)); "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    }

    private static func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self)
    }

    /// Without what only its reader needs: indentation, and lines that are a comment.
    private static func bare(_ script: String) -> String {
        script.split(separator: "\n").map { $0.drop { $0 == " " } }.filter { !$0.isEmpty && !$0.hasPrefix("//") }
            .map { $0 + "\n" }.joined()
    }

    /// What a policy calls an element by: the hash of its text.
    private static func source(_ text: String) -> String {
        Digest.sha256(Array(text.utf8)).map { "'sha256-\(Data($0).base64EncodedString())'" } ?? "'none'"
    }
}
