import CPlatform
import Glibc
import Platform
import Synchronization
import Terminal

/// The terminal, taken for a page that changes in place; given back as it was at the end, however that comes.
final class TerminalDevice: Sendable {
    /// How long somebody who gives it back waits for a terminal that takes nothing.
    private static let patienceMilliseconds = 500

    /// How the terminal took keys before; nil: there are none.
    private let keys: termios?
    private let isOpen = Mutex(true)

    /// `onQuit` is called, on any thread, where somebody types `q` or Ctrl-C, or the terminal is gone.
    init(onQuit: @escaping @Sendable () -> Void) {
        keys = Self.takeKeys()
        try? OwnedDescriptor.write(Array(TerminalPage.enter.utf8), to: STDOUT_FILENO)
        if keys != nil { Self.readKeys(onQuit) }
    }

    deinit {
        close()
    }

    static var isOutput: Bool { isatty(STDOUT_FILENO) == 1 }

    static var hasKeys: Bool { isatty(STDIN_FILENO) == 1 }

    /// As the terminal tells it: 0 where it does not know.
    static var size: TerminalSize {
        var (columns, rows): (Int32, Int32) = (0, 0)
        unsafe weir_terminal_size(STDOUT_FILENO, &columns, &rows)
        return TerminalSize(columns: Int(columns), rows: Int(rows))
    }

    /// False where nobody is there any more.
    ///
    /// It waits for a terminal that takes nothing.
    func show(_ frame: String) -> Bool {
        isOpen.withLock { isOpen in
            guard isOpen else { return false }
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
            let isDone = isOpen.withLockIfAvailable { isOpen in
                guard isOpen else { return true }
                guard Self.takesMore else { return false }
                isOpen = false
                try? OwnedDescriptor.write(Array(TerminalPage.leave.utf8), to: STDOUT_FILENO)
                return true
            }
            if isDone == true { break }
            usleep(10_000)
        }
        if let keys { Self.giveBackKeys(keys) }
    }

    /// Whether a few bytes can be written without waiting.
    private static var takesMore: Bool {
        var output = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
        return unsafe poll(&output, 1, 0) == 1
    }

    /// Has keys come one by one, unseen, and none be a signal: how it was before; nil where there is no keyboard.
    private static func takeKeys() -> termios? {
        var before = termios()
        guard hasKeys, unsafe tcgetattr(STDIN_FILENO, &before) == 0 else { return nil }
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
