import StreamModel

/// A move of a group's last delivered ID that no reading explains.
enum GroupMove: Equatable, Sendable {
    /// Back: so many entries will be delivered again. `from` is where it stood.
    case rewound(entries: Int64?, from: StreamID)
    /// Forward, over so many entries that nobody read.
    case skipped(entries: Int64?, from: StreamID)

    /// Nil where nothing moved, or by reading.
    ///
    /// The lags are those that are exact.
    init?(
        from before: Position, lag lagBefore: Int64?, to after: Position, lag: Int64?, isWithoutReads: Bool
    ) {
        let added = LossLedger.added(from: before, to: after)
        /// Entries that lie after D now and did not, or the other way about where negative.
        let surplus: Int64? =
            if let lag, let lagBefore, let added { lag - lagBefore - added } else { nil }
        if after.delivered < before.delivered {
            self = .rewound(entries: surplus.map { max(0, $0) }, from: before.delivered)
        } else if after.delivered > before.delivered, isWithoutReads {
            // Past the end of an idle group, as after XTRIM: nobody missed anything.
            if let surplus, surplus >= 0 { return nil }
            self = .skipped(entries: surplus.map { -$0 }, from: before.delivered)
        } else {
            return nil
        }
    }
}
