import CPlatform
import Glibc
import Platform
import Synchronization
import Terminal

/// The terminal, taken for a page that changes in place; given back as it was at the end, however that comes.
final class TerminalDevice: Sendable {
    private struct State {
        /// How the terminal takes keys when nobody has changed that; nil: there are no keys.
        var input: termios?
        var isOpen = true
    }

    /// How long somebody who gives it back waits for a terminal that takes nothing.
    private static let patienceMilliseconds = 500

    private let state: Mutex<State>

    /// `onQuit` is called, on any thread, where somebody types `q` or Ctrl-C, or the terminal is gone.
    init(onQuit: @escaping @Sendable () -> Void) {
        let input = Self.takeKeys()
        state = Mutex(State(input: input))
        try? OwnedDescriptor.write(Array(TerminalPage.enter.utf8), to: STDOUT_FILENO)
        if input != nil { Self.readKeys(onQuit) }
    }

    deinit {
        close()
    }

    static var isOutput: Bool { isatty(STDOUT_FILENO) == 1 }

    /// As the terminal tells it: 0 where it does not know.
    static var size: TerminalSize {
        var (columns, rows): (Int32, Int32) = (0, 0)
        unsafe weir_terminal_size(STDOUT_FILENO, &columns, &rows)
        return TerminalSize(columns: Int(columns), rows: Int(rows))
    }

    /// False where nobody is there any more.
    func show(_ frame: String) -> Bool {
        state.withLock { state in
            guard state.isOpen else { return false }
            do {
                try OwnedDescriptor.write(Array(frame.utf8), to: STDOUT_FILENO)
                return true
            } catch {
                return false
            }
        }
    }

    /// Gives it back; nothing is shown from then on.
    func close() {
        // A frame may be under way that the terminal does not take: the process is to end all the same.
        for _ in 0..<Self.patienceMilliseconds / 10 {
            let isDone: Void? = state.withLockIfAvailable { state in
                guard state.isOpen else { return }
                state.isOpen = false
                if let input = state.input { Self.giveBackKeys(input) }
                try? OwnedDescriptor.write(Array(TerminalPage.leave.utf8), to: STDOUT_FILENO)
            }
            if isDone != nil { return }
            usleep(10_000)
        }
    }

    /// Has keys come one by one, unseen, and none be a signal: how it was before; nil where there is no keyboard.
    private static func takeKeys() -> termios? {
        var before = termios()
        guard isatty(STDIN_FILENO) == 1, unsafe tcgetattr(STDIN_FILENO, &before) == 0 else { return nil }
        var raw = before
        raw.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG | IEXTEN)
        // Ctrl-S would hold up whoever writes.
        raw.c_iflag &= ~tcflag_t(IXON)
        // VTIME and VMIN: a read waits for one key.
        (raw.c_cc.5, raw.c_cc.6) = (0, 1)
        return unsafe tcsetattr(STDIN_FILENO, TCSANOW, &raw) == 0 ? before : nil
    }

    private static func giveBackKeys(_ before: termios) {
        var before = before
        // What was typed meanwhile was not meant for the shell.
        tcflush(STDIN_FILENO, TCIFLUSH)
        unsafe tcsetattr(STDIN_FILENO, TCSANOW, &before)
    }

    private static func readKeys(_ onQuit: @escaping @Sendable () -> Void) {
        do throws(BlockingThreadError) {
            try NamedThread.start(name: "weir-keys") {
                let quit = [UInt8(ascii: "q"), UInt8(ascii: "Q"), 0x03]
                var key: UInt8 = 0
                while unsafe read(STDIN_FILENO, &key, 1) == 1, !quit.contains(key) {}
                onQuit()
            }
        } catch {
            // There is Ctrl-C no more than q, and kill as ever.
        }
    }
}
