import Alerting
import Platform
import RedisClient
import StreamModel

/// A target as it was given, no file opened yet.
struct TargetDraft {
    /// Without a password where it may be in `WEIR_REDIS_PASSWORD` or its file.
    var settings: TargetSettings
    var alerts = TargetAlertSettings()
    /// Those that its topology names.
    var passwordFiles: [SecretFile] = []
    /// Whether its URL is there and right.
    var hasAddress = true
    /// Where its name, or the URL that names it, was given.
    var nameOrigin: SettingsOrigin
    /// Where its user was given.
    var userOrigin: SettingsOrigin

    init(topology: RedisTopology, origin: SettingsOrigin) {
        settings = TargetSettings(name: topology.name, topology: topology)
        nameOrigin = origin
        userOrigin = origin
    }

    /// The target with its password, whose file has been looked into; `shared` is the one for targets without their own.
    func resolved(
        shared: RedisPassword?, _ problems: inout [SettingsProblem],
        readFile: FileContents.Reader
    ) -> TargetSettings {
        var settings = settings
        settings.topology.access.password = settings.topology.access.password ?? shared
        // AUTH takes no user without a password; going on as `default` instead would hide that.
        if settings.topology.access.username != nil, settings.topology.access.password == nil {
            problems.append(SettingsProblem(origin: userOrigin, complaint: .userWithoutPassword))
        }
        for file in passwordFiles {
            do throws(SettingsProblem) { _ = try file.secret(readFile: readFile) } catch { problems.append(error) }
        }
        return settings
    }

    /// Those whose name an earlier one has: the `target` label tells them apart.
    static func repeatedNames(in drafts: [TargetDraft]) -> [SettingsProblem] {
        var seen: Set<String> = []
        return drafts.filter { !seen.insert($0.settings.name).inserted }.map {
            SettingsProblem(origin: $0.nameOrigin, complaint: .sameName(Excerpt($0.settings.name)))
        }
    }
}
