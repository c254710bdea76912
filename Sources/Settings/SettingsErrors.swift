/// Everything that was found wrong with the settings, never empty.
package struct SettingsErrors: Error, Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        /// Only flags or the environment are wrong: exit status 64.
        case usage
        /// The file is wrong, or cannot be read: exit status 78.
        case file
    }

    /// Flags and environment first, then the file from top to bottom.
    package let problems: [SettingsProblem]

    init(_ problems: [SettingsProblem]) {
        let fromFile = problems.filter(\.origin.isFile).sorted { $0.origin.mark < $1.origin.mark }
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
