import Glibc
package import StreamModel

/// Wall-clock time that never jumps: the wall clock at the start, and what has passed since by a clock that only goes
/// forward.
///
/// Ages and windows that are told by it survive a clock that is set.
package struct SteadyClock: Sendable {
    private let start = ContinuousClock.now
    private let wallAtStart = SteadyClock.wall

    package init() {}

    package var now: Timestamp {
        wallAtStart.advanced(byMilliseconds: Int64((ContinuousClock.now - start) / .milliseconds(1)))
    }

    /// The system's own idea of the time, as it is now.
    package static var wall: Timestamp {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }
}
