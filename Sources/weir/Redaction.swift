/// Keeps what was typed on the command line out of messages that repeat it.
enum Redaction {
    /// The text without those arguments that may be a URL with a password in it, however it is misspelt.
    static func withoutCredentials(_ text: String, arguments: [String] = CommandLine.arguments) -> String {
        // An argument is repeated whole, or from behind the = of `--flag=value`.
        let values = arguments.compactMap { argument in
            argument.firstIndex(of: "=").map { String(argument[argument.index(after: $0)...]) }
        }
        return (arguments.dropFirst() + values).filter(mayHoldPassword).reduce(text) {
            $0.replacing($1, with: "***")
        }
    }

    private static func mayHoldPassword(_ argument: String) -> Bool {
        if argument.contains("://") { return true }
        guard let colon = argument.firstIndex(of: ":"), let at = argument.lastIndex(of: "@") else { return false }
        return colon < at
    }
}
