/// Everything that was found wrong with the settings, never empty.
package struct SettingsErrors: Error, Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        /// Only flags or the environment are wrong: exit status 64.
        case usage
        /// The file is wrong, or cannot be read: exit status 78.
        case file
    }

    /// Flags and environment first, then each file from top to bottom.
    package let problems: [SettingsProblem]

    init(_ problems: [SettingsProblem]) {
        let files = problems.compactMap(\.origin.path)
        let fromFile = problems.filter(\.origin.isFile).sorted { left, right in
            let places = [left, right].map { files.firstIndex(of: $0.origin.path ?? "") ?? 0 }
            return places[0] == places[1] ? left.origin.mark < right.origin.mark : places[0] < places[1]
        }
        self.problems = problems.filter { !$0.origin.isFile } + fromFile
    }

    package var kind: Kind { problems.contains { $0.origin.isFile } ? .file : .usage }
}

extension SettingsErrors: CustomStringConvertible {
    /// One line for each problem.
    package var description: String {
        problems.map(\.description).joined(separator: "\n")
    }
}
