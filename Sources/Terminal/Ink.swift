/// How a piece of text looks where there is colour.
package enum Ink: Equatable, Sendable {
    case plain
    case strong
    case faint
    case good
    case warning
    case bad

    /// The parameter of the terminal's SGR sequence; nil: none is needed.
    var code: String? {
        switch self {
        case .plain: nil
        case .strong: "1"
        case .faint: "2"
        case .good: "32"
        case .warning: "33"
        case .bad: "31"
        }
    }
}
