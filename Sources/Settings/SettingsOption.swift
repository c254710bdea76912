/// A setting that has a flag and a variable of its own.
enum SettingsOption: String, CaseIterable {
    case config
    case redis
    case stream
    case interval
    case listen
    case stateDir = "state-dir"
    case logLevel = "log-level"
    case logFormat = "log-format"
    case shard
    case webConfigFile = "web.config.file"

    var flag: String { "--\(rawValue)" }

    var variable: String {
        "WEIR_" + String(rawValue.map { $0 == "-" || $0 == "." ? "_" : $0 }).uppercased()
    }

    /// Given more than once as a flag, separated by commas as a variable.
    var isList: Bool {
        switch self {
        case .redis, .stream, .listen: true
        default: false
        }
    }
}
