import StreamModel

extension TargetSnapshot {
    func stream(named name: Name) -> StreamSnapshot? {
        streams.first(named: name) { $0.name }
    }

    /// A stream that is not in the look is gone only where all keys have been looked through.
    func presence(ofStream name: Name) -> Presence {
        guard let stream = stream(named: name) else { return hasLookedEverywhere ? .gone(.streamGone) : .unknown }
        return switch stream.error {
        case .noSuchKey?, .wrongType?: .gone(.streamGone)
        default: stream.isWhole ? .there : .unknown
        }
    }

    func presence(ofGroup name: Name, in streamName: Name) -> Presence {
        let presence = presence(ofStream: streamName)
        guard presence == .there, let stream = stream(named: streamName) else { return presence }
        return stream.groups.first(named: name) { $0.name } == nil ? .gone(.groupGone) : .there
    }
}

extension StreamSnapshot {
    /// Whether all of it was sampled.
    ///
    /// Several streams in one may have an error and yet be whole: where one of them is known not to be there.
    var isWhole: Bool { figures?.length != nil }
}

extension Array {
    /// By halving: there may be many, and they are in the order of their names.
    fileprivate func first(named name: Name, nameOf: (Element) -> Name) -> Element? {
        var (low, high) = (0, count)
        while low < high {
            let middle = low + (high - low) / 2
            if nameOf(self[middle]) < name { low = middle + 1 } else { high = middle }
        }
        return low < count && nameOf(self[low]) == name ? self[low] : nil
    }
}
