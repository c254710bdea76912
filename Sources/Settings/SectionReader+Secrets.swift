/// Secrets that stand in the configuration, or in files of their own.
extension SectionReader {
    /// The file that a key of the section names.
    ///
    /// `other`: the key that the secret itself stands under; both together are a complaint.
    mutating func secretFile(_ name: String, of section: Section, besides other: String?, holds: String) -> SecretFile?
    {
        guard let field = section.fields[name] else { return nil }
        if let other, section.fields[other] != nil {
            complain(.second(holds, with: other), about: field.key, at: field.keyMark)
        }
        let configuration = path
        let origin = origin(field.key, at: field.value.mark)
        var file: SecretFile?
        read(name, of: section, into: &file) { node throws(Complaint) in
            SecretFile(path: try node.path(besides: configuration), origin: origin, holds: holds)
        }
        return file
    }

    /// The path of a file, which messages may show, whatever the file holds.
    mutating func filePath(_ name: String, of section: Section) -> String? {
        let configuration = path
        var path: String?
        read(name, of: section, into: &path) { node throws(Complaint) in
            try PathText.parse(node.path(besides: configuration), meant: .path)
        }
        return path
    }
}
