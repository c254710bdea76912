extension AgeHistogram {
    /// The time in milliseconds after which no more than `share` of all entries are still held, if each row stands for
    /// `millisecondsPerRow` of holding; nil where that is too short a time for these rows to show it.
    ///
    /// The curve through (age, milliseconds of all rows up to it) has the share of entries that are held for longer as
    /// its slope. Where the slope of its concave majorant falls below `share`, it is highest above a line of that slope.
    ///
    /// The slope is never above 1: rows that do not fit below such a curve are older than they look. So the time is right
    /// by Little's law also where consumers keep step with the polls, and show the same few ages again and again.
    func holdMilliseconds(share: Double, millisecondsPerRow: Double) -> Double? {
        var highest: (height: Double, time: Double?) = (0, nil)
        var rows = 0
        for bin in bins {
            rows += bin.rows
            let held = Double(rows) * millisecondsPerRow
            let bounds = Self.bounds(of: bin.index)
            let age = Double(bounds.upperBound)
            let height = held - share * max(age, held)
            guard height >= highest.height else { continue }
            // The fall may lie anywhere in the last part of this bin, or in the first `share` of the next.
            highest = (height, held > age ? held : age - (0.5 - share) * Double(bounds.count))
        }
        return highest.time
    }
}
