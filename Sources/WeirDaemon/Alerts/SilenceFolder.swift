package import Alerting
import Platform
package import StateFiles
package import StreamModel

/// The silences in a weir's folder, for whoever asks for one: a guest beside the weir that runs there.
package struct SilenceFolder: Sendable {
    private let folder: StateFolder

    package init(_ path: String) throws(StateFolderError) {
        folder = try StateFolder(path, isGuest: true)
    }

    /// Nobody is told of the alerts from `now` until so much later.
    package func begin(
        _ matchers: [Silence.Matcher], for length: Duration, comment: String, at now: Timestamp
    ) throws(StateFileError) -> Silence {
        let silence = Silence(
            matchers: matchers, startsAt: now,
            endsAt: now.advanced(byMilliseconds: Int64(length / .milliseconds(1))), comment: comment)
        // No two may have one name: whoever asks at the same moment asks for something else.
        let id = "\(now.milliseconds)-\(String(UInt32.random(in: .min ... .max), radix: 36))"
        try folder.write(silence, to: StateFile<Silence>(target: id).name)
        return silence
    }

    /// Ends the silences with the same matchers; gives how many there were.
    package func end(_ matchers: [Silence.Matcher]) throws(StateFileError) -> Int {
        var ended = 0
        for name in folder.names(beginningWith: "\(Silence.kind)-", endingWith: ".json") {
            // One that cannot be read is the daemon's to set aside.
            guard let silence: Silence = try? folder.read(name), silence.matchers == matchers else { continue }
            folder.remove(name)
            ended += 1
        }
        return ended
    }
}
