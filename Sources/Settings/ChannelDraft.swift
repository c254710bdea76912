import Delivery
import Platform

/// A channel as it was given, the files with its secrets not opened yet.
struct ChannelDraft {
    /// With the secrets that stand in the configuration.
    var settings: ChannelSettings
    var urlFile: SecretFile?
    var signingKeyFile: SecretFile?
    var routingKeyFile: SecretFile?

    /// The channel with all its secrets; what is wrong with their files is added to the problems.
    func resolved(
        _ problems: inout [SettingsProblem], readFile: FileContents.Reader
    ) -> ChannelSettings {
        var settings = settings
        urlFile?.read(into: &settings.urls, &problems, readFile: readFile) { text throws(Complaint) in
            [try ReceiverURL.parse(text).secret]
        }
        signingKeyFile?.read(
            into: &settings.signingKeys, &problems, readFile: readFile, as: SigningKeyText.keys)
        routingKeyFile?.read(into: &settings.kind, &problems, readFile: readFile) { text throws(Complaint) in
            .pagerDuty(routingKey: try RoutingKeyText.parse(text))
        }
        return settings
    }
}
