import Platform

/// Secrets that are texts.
extension SecretFile {
    /// Reads what the file holds into its place; what is wrong is added to the problems.
    func read<Value>(
        into place: inout Value, _ problems: inout [SettingsProblem],
        readFile: FileContents.Reader, as parse: (String) throws(Complaint) -> Value
    ) {
        do throws(SettingsProblem) {
            let secret = try secret(readFile: readFile)
            do throws(Complaint) {
                guard let text = String(validating: secret.bytes, as: UTF8.self) else { throw .fileNotText }
                place = try parse(text)
            } catch {
                throw SettingsProblem(origin: origin, complaint: error)
            }
        } catch {
            problems.append(error)
        }
    }
}
