import Alerting
import Platform
import RedisClient
import StreamModel

/// A target as it was given, its password not looked for yet.
struct TargetDraft {
    /// Its endpoint has no password.
    var settings: TargetSettings
    var alerts = TargetAlertSettings()
    var password = PasswordSource.shared
    /// Whether its URL is there and right.
    var hasAddress = true
    /// Whether its URL is refused because it is that of a cluster.
    var isCluster = false
    /// Where its name, or the URL that names it, was given.
    var nameOrigin: SettingsOrigin
    /// Where its user was given.
    var userOrigin: SettingsOrigin

    init(endpoint: RedisEndpoint, origin: SettingsOrigin) {
        settings = TargetSettings(name: endpoint.node, topology: .single(endpoint))
        if let secret = endpoint.password {
            password = .given(secret)
            settings.topology.access.password = nil
        }
        nameOrigin = origin
        userOrigin = origin
    }

    /// A cluster, of which nothing is known but that.
    init(clusterAt origin: SettingsOrigin) {
        self.init(endpoint: .nowhere, origin: origin)
        hasAddress = false
        isCluster = true
    }

    /// The target with its password; `shared` is the one for targets without their own.
    func resolved(
        shared: Secret?, readFile: (String) throws(FileReadError) -> [UInt8]
    ) throws(SettingsProblem) -> TargetSettings {
        var settings = settings
        switch password {
        case .shared: settings.topology.access.password = shared
        case .given(let secret): settings.topology.access.password = secret
        case .file(let file): settings.topology.access.password = Secret(try file.bytes(readFile: readFile))
        }
        // AUTH takes no user without a password; going on as `default` instead would hide that.
        if settings.topology.access.username != nil, settings.topology.access.password == nil {
            throw SettingsProblem(origin: userOrigin, complaint: .userWithoutPassword)
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
