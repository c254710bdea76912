/// Keeps what was typed on the command line out of messages that repeat it.
enum Redaction {
    /// The text without those arguments that may be a URL with a password in it, however it is misspelt.
    static func withoutCredentials(_ text: String, arguments: [String] = CommandLine.arguments) -> String {
        // An argument is repeated whole, or from behind the = of `--flag=value`.
        let values = arguments.compactMap { argument in
            argument.firstIndex(of: "=").map { String(argument[argument.index(after: $0)...]) }
        }
        return (arguments.dropFirst() + values).filter(mayHoldPassword).reduce(text) { without($1, $0) }
    }

    /// An example in a message may begin as what was typed does, and is to stay whole: `http://[::1` in
    /// `http://[::1]:9093`.
    private static func without(_ argument: String, _ text: String) -> String {
        var (output, rest) = ("", text[...])
        while let range = rest.firstRange(of: argument) {
            output += rest[..<range.lowerBound]
            let isExample = goesOn(rest[range.upperBound...])
            output += isExample ? argument : "***"
            rest = rest[range.upperBound...]
        }
        return output + rest
    }

    /// Whether a URL goes on there: with a letter, a digit or a bracket, or with a colon before one.
    private static func goesOn(_ rest: Substring) -> Bool {
        let next = rest.first == ":" ? rest.dropFirst().first : rest.first
        return next.map { $0.isLetter || $0.isNumber || $0 == "[" || $0 == "]" } ?? false
    }

    private static func mayHoldPassword(_ argument: String) -> Bool {
        if argument.contains("://") { return true }
        guard let colon = argument.firstIndex(of: ":"), let at = argument.lastIndex(of: "@") else { return false }
        return colon < at
    }
}
