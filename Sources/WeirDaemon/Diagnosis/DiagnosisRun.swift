import Inspection
import RedisClient
package import Settings
import StreamModel
import Terminal

/// What `weir diagnose` does.
package struct DiagnosisRun: Sendable {
    private let settings: Settings
    private let targets: [TargetSettings]

    package init(_ settings: Settings, at targets: [TargetSettings]) {
        self.settings = settings
        self.targets = targets
    }

    /// Gives the exit status: 0 all is well, 1 something is missing or warned of, 3 a target cannot be read.
    package func run(_ say: @Sendable (String) -> Void) async -> Int32 {
        var status: Int32 = 0
        for target in targets {
            say(VisibleText.escaping("Target \(target.name)"))
            do throws(RedisClientError) {
                var diagnosis = TargetDiagnosis(target, settings)
                let sections = try await diagnosis.run()
                for section in sections { Self.show(section, say) }
                let worst = sections.flatMap(\.lines).map(\.level).max() ?? .ok
                if worst >= .warn { status = max(status, 1) }
            } catch {
                Self.show(DiagnosisSection("Connection", [DiagnosisLine(.fail, "\(error)")]), say)
                status = 3
            }
        }
        return status
    }

    private static func show(_ section: DiagnosisSection, _ say: (String) -> Void) {
        say(VisibleText.escaping("  \(section.title)"))
        for line in section.lines {
            let level = line.level.rawValue
            say(VisibleText.escaping("    \(level)\(String(repeating: " ", count: 6 - level.utf8.count))\(line.text)"))
        }
        if let command = section.command { say(VisibleText.escaping(command)) }
    }
}
