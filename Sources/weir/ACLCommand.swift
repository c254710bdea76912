import ArgumentParser
import Settings
import WeirDaemon

struct ACLCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "acl",
        abstract: "Prints the least rights that the present configuration needs, as ACL SETUSER takes them.",
        discussion: """
            The first line is the whole command for the first target; what each part of it is for comes below. Nothing is
            asked of Redis.
            """)

    @OptionGroup var options: SettingsOptions

    func run() throws {
        let settings = try options.settings()
        AccessListText.lines(for: settings).forEach(StandardOutput.say)
    }
}
