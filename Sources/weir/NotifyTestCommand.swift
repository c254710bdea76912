import ArgumentParser
import Delivery
import Settings
import WeirDaemon

struct NotifyTestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "notify-test",
        abstract: "Sends a sample alert and its end to a channel, and prints what the receiver says.",
        discussion: "It sends each once and retries nothing. Exit status 0 where the receiver has taken both.")

    @Argument(help: ArgumentHelp("The channel's name in the configuration.", valueName: "channel"))
    var channel: String

    @OptionGroup var options: SettingsOptions

    func run() throws {
        let settings = try options.settings()
        guard let channel = settings.channels.first(where: { $0.name == channel }) else {
            let names = settings.channels.map(\.name).joined(separator: ", ")
            throw ValidationError(
                names.isEmpty
                    ? "the configuration names no channel" : "there is no channel of that name; there are: \(names)")
        }
        let sender = CurlSender(version: Version.current)
        let test = NotificationTest(channel: channel, settings: settings, sender: sender)
        throw ExitCode(DaemonProcess.run { await test.run(StandardOutput.say) ? 0 : 1 })
    }
}
