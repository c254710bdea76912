import CPlatform
import Glibc
package import Logging

/// Runs a daemon as this process: signals in, exit status out.
package enum DaemonProcess {
    /// How long an orderly end may take before the process ends all the same.
    ///
    /// SIGTERM is answered within two seconds.
    private static let graceSeconds: UInt32 = 1

    /// After so long weir does nothing more for the first time.
    private static let settlingTime = Duration.seconds(5)

    /// Keeps the numbers of standard streams that somebody has closed from being given to a file or a socket, which would
    /// then be sent what a command prints and logs.
    ///
    /// To be called before anything is opened. What is written there fails, as it would have.
    package static func occupyStandardStreams() {
        for number in STDIN_FILENO...STDERR_FILENO where fcntl(number, F_GETFD) < 0 {
            // It gets the lowest number that is free.
            _ = unsafe open("/dev/null", (number == STDIN_FILENO ? O_WRONLY : O_RDONLY))
        }
    }

    /// To be called in `main` before any thread starts: threads inherit the mask, and libdispatch would park the main thread where
    /// a signal kills the process.
    ///
    /// A signal that is blocked also reaches pid 1, for which the kernel drops others.
    package static func blockSignals() {
        var signals = handled()
        // Ignored unless somebody waits for it, and then blocked in every thread.
        unsafe sigaddset(&signals, SIGWINCH)
        unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
        // A client that hangs up must not end the daemon: hiredis and libmicrohttpd both write to sockets.
        signal(SIGPIPE, SIG_IGN)
        // Nor a limit on the size of files: a write beyond it fails, and is dealt with.
        signal(SIGXFSZ, SIG_IGN)
        weir_tune_malloc()
    }

    /// Runs `body`, which runs `daemon`, until SIGTERM or SIGINT; SIGHUP reloads.
    ///
    /// Returns the exit status.
    package static func run(
        _ daemon: Daemon, logger: Logger, body: @escaping @Sendable () async throws -> Void
    ) -> Int32 {
        weir_release_program_pages()
        let outcome = Outcome()
        Task {
            // What the first polls and pages have touched beside what the later ones do.
            try? await ContinuousClock().sleep(for: settlingTime)
            weir_release_program_pages()
        }
        Task {
            do {
                try await body()
                outcome.status = 0
            } catch {
                logger.error("\(error)")
                outcome.status = 1
            }
            // The main thread waits for signals only, so the end of the daemon is one.
            kill(getpid(), SIGUSR1)
        }
        var isStopping = false
        var signals = handled()
        while true {
            var number: Int32 = 0
            guard unsafe sigwait(&signals, &number) == 0 else { continue }
            switch number {
            case SIGHUP:
                daemon.reload()
            case SIGUSR1:
                if let status = outcome.status { return status }
            case SIGALRM:
                logger.warning("something does not answer in time; ending without waiting for it")
                return 0
            default:
                if isStopping { return 0 }
                isStopping = true
                logger.info("stopping")
                daemon.stop()
                alarm(graceSeconds)
            }
        }
    }

    /// Runs a command that waits for others, until it is done or the process is asked to stop.
    ///
    /// `onResize` is called where the terminal has another size; a command that has it ends when the terminal does. Returns
    /// the exit status.
    package static func run(
        onResize: (@Sendable () -> Void)? = nil, _ body: @escaping @Sendable () async -> Int32
    ) -> Int32 {
        let outcome = Outcome()
        Task {
            outcome.status = await body()
            kill(getpid(), SIGUSR1)
        }
        var signals = handled()
        if onResize != nil { unsafe sigaddset(&signals, SIGWINCH) }
        while true {
            var number: Int32 = 0
            guard unsafe sigwait(&signals, &number) == 0 else { continue }
            switch number {
            case SIGWINCH: onResize?()
            case SIGHUP where onResize == nil: continue
            // As a shell would say it of a process that the signal has ended.
            default: return outcome.status ?? 128 + number
            }
        }
    }

    /// Ends the process without running what others have left for its end: threads that are blocked are not joined.
    package static func exit(_ status: Int32) -> Never {
        fflush(nil)
        _exit(status)
    }

    private static func handled() -> sigset_t {
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        for number in [SIGTERM, SIGINT, SIGHUP, SIGUSR1, SIGALRM] { unsafe sigaddset(&signals, number) }
        return signals
    }
}
