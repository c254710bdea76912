import Remediation

/// How many entries may be moved, out of the file.
extension EntryLimits {
    private static let cycleRange = 1...100_000
    private static let hourRange = 1...10_000_000

    mutating func read(
        perCycle: String, perHour: String, of section: Section, _ reader: inout SectionReader
    ) {
        reader.read(perCycle, of: section, into: &self.perCycle) { node throws(Complaint) in
            try node.number(in: Self.cycleRange, example: 100)
        }
        reader.read(perHour, of: section, into: &self.perHour) { node throws(Complaint) in
            try node.number(in: Self.hourRange, example: 10_000)
        }
    }
}
