/// Secrets that are texts.
extension SecretFile {
    /// Reads what the file holds into its place; what is wrong is added to the problems.
    func read<Value>(
        into place: inout Value, _ problems: inout [SettingsProblem],
        readFile: (String) throws(FileReadError) -> [UInt8], as parse: (String) throws(Complaint) -> Value
    ) {
        do throws(SettingsProblem) {
            let bytes = try bytes(readFile: readFile)
            do throws(Complaint) {
                guard let text = String(validating: bytes, as: UTF8.self) else { throw .fileNotText }
                place = try parse(text)
            } catch {
                throw SettingsProblem(origin: origin, complaint: error)
            }
        } catch {
            problems.append(error)
        }
    }
}
