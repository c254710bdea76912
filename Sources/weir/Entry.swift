import ArgumentParser
import WeirDaemon

@main
enum Entry {
    static func main() {
        DaemonProcess.occupyStandardStreams()
        DaemonProcess.blockSignals()
        do {
            var command = try Weir.parseAsRoot()
            try command.run()
        } catch {
            let message = Weir.fullMessage(for: error)
            let code = Weir.exitCode(for: error)
            if message.isEmpty {
                // A command that has said all there is to say.
            } else if code.isSuccess {
                StandardOutput.say(message)
            } else {
                StandardError.write(Redaction.withoutCredentials(message) + "\n")
            }
            DaemonProcess.exit(StandardOutput.status(after: code.rawValue))
        }
        DaemonProcess.exit(StandardOutput.status(after: 0))
    }
}
