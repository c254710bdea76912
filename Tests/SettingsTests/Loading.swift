import Platform
import Settings

/// Loads settings from files that exist in memory only; the configuration is `weir.yaml`.
struct Loading {
    var flags = SettingsFlags()
    var environment: [String: String] = [:]
    var files: [String: [UInt8]] = [:]

    /// Without a text there is no configuration file.
    init(_ yaml: String? = nil, flags: SettingsFlags = SettingsFlags(), environment: [String: String] = [:]) {
        self.flags = flags
        self.environment = environment
        if let yaml {
            files["weir.yaml"] = Array(yaml.utf8)
            self.flags.config = self.flags.config ?? "weir.yaml"
        }
    }

    func load() throws(SettingsErrors) -> Settings {
        try Settings.load(flags: flags, environment: environment, readFile: read)
    }

    func check() throws(SettingsErrors) -> CheckedFile {
        try Settings.check(file: "weir.yaml", readFile: read)
    }

    /// The lines of the error; none where the settings are valid.
    func complaints() -> [String] {
        do throws(SettingsErrors) {
            _ = try load()
            return []
        } catch {
            return error.problems.map(\.description)
        }
    }

    func kind() -> SettingsErrors.Kind? {
        do throws(SettingsErrors) {
            _ = try load()
            return nil
        } catch {
            return error.kind
        }
    }

    private func read(_ path: String) throws(FileReadError) -> [UInt8] {
        guard let bytes = files[path] else { throw .system(SystemError(code: 2)) }
        return bytes
    }
}
