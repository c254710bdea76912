import Delivery
import Glibc
import Platform
package import Settings
import StreamModel
import Terminal

/// What `weir once` does: a look, or one after the other, for whoever reads the standard output.
package struct OnceRun: Sendable {
    private let source: any LookSource
    private let isJSON: Bool
    private let environment: [String: String]
    private let ability: TerminalAbility

    /// Looks at the targets themselves; `limit`: for the first look, however many polls it takes.
    package init(
        _ settings: Settings, limit: Duration, isWatch: Bool, isJSON: Bool, environment: [String: String]
    ) {
        self.init(
            DirectSource(settings, limit: limit, isOnly: !isWatch), isJSON: isJSON, environment: environment)
    }

    /// Asks a running weir; `limit`: for each of its pages.
    package init(from url: WeirURL, limit: Duration, isJSON: Bool, environment: [String: String]) {
        let sender = CurlSender(version: Version.current)
        self.init(ServedSource(url: url, limit: limit, sender: sender), isJSON: isJSON, environment: environment)
    }

    private init(_ source: any LookSource, isJSON: Bool, environment: [String: String]) {
        self.source = source
        self.isJSON = isJSON
        self.environment = environment
        ability = TerminalAbility(isTerminal: TerminalDevice.isOutput, environment: environment)
    }

    /// Looks once; returns the exit status.
    package func look() -> Int32 {
        DaemonProcess.run {
            var source = source
            let (report, json) = await Self.look(&source)
            _ = write(report, json)
            return report.status.rawValue
        }
    }

    /// Looks at that interval until somebody ends it; returns the exit status, which is that of the last look unless a
    /// signal has ended it that nobody has typed.
    package func watch(every interval: Duration) -> Int32 {
        let last = Outcome()
        // As Ctrl-C does it.
        let page =
            ability.movesCursor && !isJSON
            ? LivePage(ability, environment: environment) { kill(getpid(), SIGINT) } : nil
        let keys = TerminalDevice.hasKeys ? "q quits" : "Ctrl-C quits"
        let status = DaemonProcess.run(onResize: { Task { _ = page?.draw() } }) {
            var source = source
            while true {
                let start = ContinuousClock.now
                let (report, json) = await Self.look(&source)
                last.status = report.status.rawValue
                let foot = "\(SteadyClock.wall.inUTC), every \(DurationText.format(interval)); \(keys)"
                guard page?.show(report, foot: foot) ?? write(report, json) else { return report.status.rawValue }
                try? await ContinuousClock().sleep(until: start + interval, tolerance: .zero)
            }
        }
        page?.close()
        return status == 128 + SIGINT ? last.status ?? status : status
    }

    /// `json`: nil where nothing could be seen.
    private static func look(_ source: inout any LookSource) async -> (Report, json: SnapshotDocument?) {
        do throws(LookError) {
            let look = try await source.look()
            return (Report(look), look.snapshot)
        } catch {
            return (Report(error), nil)
        }
    }

    /// False where it cannot be written any more.
    private func write(_ report: Report, _ snapshot: SnapshotDocument?) -> Bool {
        // On a terminal the table says it.
        if !ability.movesCursor || isJSON {
            for trouble in report.troubles where trouble.status == .unknown {
                StandardError.write(Report.withoutBars(VisibleText.escaping(trouble.what)) + "\n")
            }
        }
        var output: [UInt8] = []
        if !isJSON {
            let size = TerminalSize(told: TerminalDevice.size, environment: environment)
            let lines = report.lines(width: TerminalDevice.isOutput ? size.columns : nil)
            output = Array((lines.map { $0.text(inColour: ability.hasColour) } + [""]).joined(separator: "\n").utf8)
        } else if let snapshot {
            output = snapshot.json() + [UInt8(ascii: "\n")]
        }
        return StandardOutput.write(output)
    }
}
