/// Where a setting was given.
package enum SettingsOrigin: Sendable, Equatable {
    /// `--interval`.
    case flag(String)
    /// `WEIR_INTERVAL`.
    case variable(String)
    /// `key` is dotted (`targets[0].url`), and empty for what concerns the whole file; no mark: it could not be read.
    case file(path: String, mark: YAMLMark?, key: String)
    case nowhere
}

extension SettingsOrigin: CustomStringConvertible {
    package var description: String {
        switch self {
        case .flag(let name), .variable(let name): name
        case .file(let path, let mark?, ""): "\(path):\(mark.line):\(mark.column)"
        case .file(let path, let mark?, let key): "\(path):\(mark.line):\(mark.column): \(key)"
        case .file(let path, nil, _): path
        case .nowhere: ""
        }
    }

    /// Where in the file; its start for what is not from a place in a file.
    var mark: YAMLMark {
        if case .file(_, let mark?, _) = self { mark } else { .start }
    }

    var isFile: Bool { path != nil }

    /// The file's; nil for what is not from one.
    var path: String? {
        if case .file(let path, _, _) = self { path } else { nil }
    }
}
