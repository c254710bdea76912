import StreamModel
import Synchronization
import Terminal

/// The page of `weir once --watch` on a terminal, whose size may change at any time.
final class LivePage: Sendable {
    private struct State {
        var report: Report?
        var foot = Line("looking…", .faint)
    }

    private let device: TerminalDevice
    private let hasColour: Bool
    private let environment: [String: String]
    private let state = Mutex(State())

    init(_ ability: TerminalAbility, environment: [String: String], onQuit: @escaping @Sendable () -> Void) {
        hasColour = ability.hasColour
        self.environment = environment
        device = TerminalDevice(onQuit: onQuit)
        draw()
    }

    /// False where nobody is there any more.
    func show(_ report: Report, foot: String) -> Bool {
        state.withLock { $0 = State(report: report, foot: Line(foot, .faint)) }
        return draw()
    }

    /// Shows the same again, by the size that the terminal has now.
    @discardableResult
    func draw() -> Bool {
        let size = TerminalSize(told: TerminalDevice.size, environment: environment)
        let state = state.withLock(\.self)
        let lines = state.report?.page(size, foot: state.foot) ?? [state.foot]
        return device.show(TerminalPage.frame(lines, size: size, inColour: hasColour))
    }

    func close() {
        device.close()
    }
}
