import StreamModel

/// The ages of pending entries, by who holds them: one array for all consumers of a group.
///
/// An array for each consumer would be mostly header, and there are several for each of thousands of groups.
struct SetAside: Equatable, Sendable {
    /// Two bins of a consumer: 16 bytes, as one would take.
    struct Slot: Equatable, Sendable {
        var consumer: Name
        /// As `AgeHistogram` packs it.
        var bin: UInt32
        /// The one after it; 0, which no bin is packed into, where that was the consumer's last.
        var next: UInt32
    }

    /// By consumer, and then by age.
    private(set) var slots: [Slot] = []

    init() {}

    init(_ ages: NameTable<AgeHistogram>) {
        slots.reserveCapacity(ages.values.reduce(0) { $0 + ($1.packed.count + 1) / 2 })
        for element in ages { append(element.value, of: element.key) }
    }

    /// One row of each consumer, as most groups have them; nil where one has several.
    init?(single rows: [(consumer: Name, milliseconds: Int64)]) {
        slots = rows.map { Slot(consumer: $0.consumer, bin: AgeHistogram.packed(row: $0.milliseconds), next: 0) }
        slots.sort { $0.consumer < $1.consumer }
        for place in slots.indices.dropFirst() where slots[place].consumer == slots[place - 1].consumer { return nil }
    }

    var isEmpty: Bool { slots.isEmpty }
    /// Each once, in the order of their names.
    var consumers: [Name] {
        var consumers: [Name] = []
        for slot in slots where slot.consumer != consumers.last { consumers.append(slot.consumer) }
        return consumers
    }

    /// The ages of what one consumer holds; nil: nothing.
    subscript(consumer: Name) -> AgeHistogram? {
        let run = run(of: consumer)
        return run.isEmpty ? nil : Self.ages(in: run)
    }

    func contains(_ consumer: Name) -> Bool { !run(of: consumer).isEmpty }

    /// How many rows are in the bins of that age and those before them, of all consumers.
    func rows(upTo milliseconds: Double) -> Int {
        slots.reduce(0) {
            $0 + AgeHistogram.unpack($1.bin).rows(upTo: milliseconds)
                + AgeHistogram.unpack($1.next).rows(upTo: milliseconds)
        }
    }

    /// Adds the other's rows, and joins bins of a consumer that would have more than `limit`.
    mutating func add(_ other: SetAside, limit: Int = .max) {
        guard !isEmpty else {
            self = other
            return compact(to: limit)
        }
        if addInPlace(other) { return }
        var sum = SetAside()
        sum.slots.reserveCapacity(slots.count + other.slots.count)
        var rest = slots[...]
        for run in other.runs {
            guard let consumer = run.first?.consumer else { continue }
            let before = rest.prefix { $0.consumer < consumer }
            rest = rest.dropFirst(before.count)
            let own = rest.prefix { $0.consumer == consumer }
            rest = rest.dropFirst(own.count)
            var ages = Self.ages(in: own)
            ages.add(Self.ages(in: run), limit: limit)
            sum.slots += before
            sum.append(ages, of: own.first?.consumer ?? consumer)
        }
        sum.slots += rest
        slots = sum.tightSlots
    }

    /// Adds the other's rows where each of its bins is there already; else changes nothing, and gives false.
    private mutating func addInPlace(_ other: SetAside) -> Bool {
        var places: [Int] = []
        places.reserveCapacity(other.slots.count)
        for slot in other.slots {
            let own = run(of: slot.consumer)
            guard slot.next == 0, let place = own.indices.first(where: { own[$0].has(slot.bin) }) else { return false }
            places.append(place)
        }
        for (place, slot) in zip(places, other.slots) { slots[place].add(slot.bin) }
        return true
    }

    mutating func remove(_ consumers: [Name]) {
        guard !isEmpty, !consumers.isEmpty else { return }
        let removed = Set(consumers)
        slots.removeAll { removed.contains($0.consumer) }
        slots = tightSlots
    }

    /// Removes, of the consumers that are meant, the bins that reach to that age or beyond it.
    mutating func remove(from milliseconds: Int64, of isMeant: (Name) -> Bool) {
        guard !isEmpty else { return }
        var kept = SetAside()
        kept.slots.reserveCapacity(slots.count)
        for run in runs {
            guard let consumer = run.first?.consumer else { continue }
            if isMeant(consumer) {
                kept.append(Self.ages(in: run).below(milliseconds), of: consumer)
            } else {
                kept.slots += run
            }
        }
        slots = kept.tightSlots
    }

    private mutating func compact(to limit: Int) {
        guard runs.contains(where: { 2 * $0.count > limit }) else { return }
        var compacted = SetAside()
        compacted.slots.reserveCapacity(slots.count)
        for run in runs {
            var ages = Self.ages(in: run)
            ages.compact(to: limit)
            if let consumer = run.first?.consumer { compacted.append(ages, of: consumer) }
        }
        slots = compacted.tightSlots
    }

    private mutating func append(_ ages: AgeHistogram, of consumer: Name) {
        let bins = ages.packed
        for place in stride(from: 0, to: bins.count, by: 2) {
            let next = place + 1 < bins.count ? bins[place + 1] : 0
            slots.append(Slot(consumer: consumer, bin: bins[place], next: next))
        }
    }

    /// In an array that is no larger: one does not give back its room by itself.
    private var tightSlots: [Slot] { slots.map { $0 } }

    /// The slots of each consumer.
    private var runs: [ArraySlice<Slot>] {
        var runs: [ArraySlice<Slot>] = []
        var start = slots.startIndex
        for place in slots.indices {
            let next = place + 1
            if next < slots.count, slots[next].consumer == slots[place].consumer { continue }
            runs.append(slots[start...place])
            start = next
        }
        return runs
    }

    private func run(of consumer: Name) -> ArraySlice<Slot> {
        var (low, high) = (0, slots.count)
        while low < high {
            let middle = (low + high) / 2
            if slots[middle].consumer < consumer { low = middle + 1 } else { high = middle }
        }
        return slots[low...].prefix { $0.consumer == consumer }
    }

    private static func ages(in run: ArraySlice<Slot>) -> AgeHistogram {
        var bins: [UInt32] = []
        bins.reserveCapacity(2 * run.count)
        for slot in run {
            bins.append(slot.bin)
            if slot.next != 0 { bins.append(slot.next) }
        }
        return AgeHistogram(unchecked: bins)
    }
}

extension SetAside.Slot {
    fileprivate func has(_ bin: UInt32) -> Bool {
        let index = AgeHistogram.unpack(bin).index
        return AgeHistogram.unpack(self.bin).index == index || next != 0 && AgeHistogram.unpack(next).index == index
    }

    /// Adds the rows of a bin that it has.
    fileprivate mutating func add(_ other: UInt32) {
        if AgeHistogram.unpack(bin).index == AgeHistogram.unpack(other).index {
            bin = AgeHistogram.sum(bin, other)
        } else {
            next = AgeHistogram.sum(next, other)
        }
    }
}
