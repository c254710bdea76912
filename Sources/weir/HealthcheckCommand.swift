import ArgumentParser
import FoundationEssentials
import HTTPServer
import Settings
import WeirDaemon

struct HealthcheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "healthcheck",
        abstract: "Asks the weir on this machine whether it lives, for a container's probe.",
        discussion:
            "It looks where weir listens: --listen, WEIR_LISTEN, the file of --config or WEIR_CONFIG, or port 10061. "
            + "It finds out by itself whether TLS is spoken there; a weir that wants a certificate of it lives."
    )

    @Option(help: ArgumentHelp("The configuration file of the weir to ask.", valueName: "file"))
    var config: String?

    @Option(help: ArgumentHelp("Where it listens.", valueName: "address"))
    var listen: String?

    func run() throws {
        let flags = SettingsFlags(config: config, listen: listen.map { [$0] } ?? [])
        let http: HTTPSettings
        do {
            http = try HTTPSettings.load(flags: flags, environment: ProcessInfo.processInfo.environment)
        } catch {
            throw error.reported()
        }
        guard let address = http.listen.first else { throw ExitCode.failure }
        do {
            switch try HTTPProbe.ask(for: "/livez", host: address.host, port: address.port) {
            case .status(200): break
            // Whoever refuses as it should lives.
            case .wantsCertificate: break
            case .status(let status):
                StandardError.write("\(address): answered \(status)\n")
                throw ExitCode.failure
            }
        } catch let error as HTTPProbeError {
            StandardError.write("\(address): \(error)\n")
            throw ExitCode.failure
        }
    }
}
