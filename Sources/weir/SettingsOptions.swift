import ArgumentParser
import Settings

/// The flags that decide the settings, as text: `Settings` checks them, and its messages show no secret.
struct SettingsOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The configuration file.", valueName: "file"))
    var config: String?

    @Option(help: ArgumentHelp("A Redis to watch, such as redis://host:6379/0; may be repeated.", valueName: "url"))
    var redis: [String] = []

    @Option(help: ArgumentHelp("Which streams to watch: a name or a pattern; may be repeated.", valueName: "pattern"))
    var stream: [String] = []

    @Option(help: ArgumentHelp("How often to poll, such as 5s.", valueName: "duration"))
    var interval: String?

    @Option(help: ArgumentHelp("Where to serve HTTP, such as 0.0.0.0:10061; may be repeated.", valueName: "address"))
    var listen: [String] = []

    @Option(help: ArgumentHelp("The folder for what is to outlive weir, such as /var/lib/weir.", valueName: "folder"))
    var stateDir: String?

    @Option(help: ArgumentHelp("trace, debug, info, warning or error.", valueName: "level"))
    var logLevel: String?

    @Option(help: ArgumentHelp("text or json.", valueName: "format"))
    var logFormat: String?

    @Option(
        help: ArgumentHelp(
            "Which of several weirs this is that share the streams, such as 0/3, 1/3 and 2/3.", valueName: "i/n"))
    var shard: String?

    @Option(
        name: .customLong("web.config.file"),
        help: ArgumentHelp(
            "TLS, users and headers of the pages, in a file as Prometheus' exporters have it.", valueName: "file"))
    var webConfigFile: String?

    var flags: SettingsFlags {
        SettingsFlags(
            config: config, redis: redis, stream: stream, interval: interval, listen: listen, stateDir: stateDir,
            logLevel: logLevel, logFormat: logFormat, shard: shard, webConfigFile: webConfigFile)
    }
}
