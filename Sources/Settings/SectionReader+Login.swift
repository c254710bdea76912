import Platform
import RedisClient

extension SectionReader {
    /// Reads as whom to log in into `access`, where a URL may have said so already.
    ///
    /// Gives the password's file where one is named; it is not opened.
    mutating func readLogin(of section: Section, into access: inout RedisAccess) -> SecretFile? {
        if let field = section.fields["username"] {
            if access.username != nil { complain(.secondUser, about: field.key, at: field.keyMark) }
            read(field, into: &access.username) { node throws(Complaint) in try node.text() }
        }
        var first: String?
        if access.password != nil, let url = section.fields["url"] {
            warn(.secretInFile("a password", apart: "password_file"), about: url.key, at: url.keyMark)
            first = "url"
        }
        if let field = section.fields["password"] {
            warn(.secretInFile("a password", apart: "password_file"), about: field.key, at: field.keyMark)
            if let first { complain(.second("password", with: first), about: field.key, at: field.keyMark) }
            first = first ?? "password"
            read(field, into: &access.password) { node throws(Complaint) in
                .secret(Secret(Array(try node.text().utf8)))
            }
        }
        let file = secretFile("password_file", of: section, besides: first, holds: "password")
        if let file { access.password = .file(path: file.path) }
        return file
    }
}
