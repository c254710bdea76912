package import StreamModel

extension TargetState {
    /// Streams on which something happens, or is wrong: they are looked at first where time does not reach for all.
    package var restlessStreams: Set<Name> {
        var restless: Set<Name> = []
        streams.eachInPlace { if $0.value.isRestless { restless.insert($0.key) } }
        return restless
    }
}

extension StreamState {
    fileprivate var isRestless: Bool {
        if isMoving { return true }
        var isAnyRestless = false
        groups.eachInPlace { isAnyRestless = isAnyRestless || $0.value.isRestless }
        return isAnyRestless
    }
}

extension GroupState {
    fileprivate var isRestless: Bool {
        figures.pending > 0 || progress.lag != .exact(0) || ![.ok, .unknown].contains(health.status)
    }
}
