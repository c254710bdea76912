import StreamModel

/// Values by name, in the order of the names.
///
/// A dictionary of a few elements takes several times their room, and there are several for each of thousands of groups.
/// Finding is by bisection; adding in the order of the names, as servers list them, moves nothing.
struct NameTable<Value> {
    struct Element {
        var key: Name
        var value: Value
    }

    private var elements: [Element] = []

    var isEmpty: Bool { elements.isEmpty }
    var count: Int { elements.count }
    var keys: some Sequence<Name> { elements.indices.lazy.map { elements[$0].key } }
    var values: some Sequence<Value> { elements.lazy.map(\.value) }

    subscript(key: Name) -> Value? {
        get {
            let place = place(of: key)
            return holds(key, at: place) ? elements[place].value : nil
        }
        set {
            let place = place(of: key)
            switch (holds(key, at: place), newValue) {
            case (true, let value?): elements[place].value = value
            case (true, nil): elements.remove(at: place)
            case (false, let value?): insert(Element(key: key, value: value), at: place)
            case (false, nil): break
            }
        }
    }

    subscript(key: Name, default value: @autoclosure () -> Value) -> Value {
        get { self[key] ?? value() }
        _modify {
            let place = place(of: key)
            if !holds(key, at: place) { insert(Element(key: key, value: value()), at: place) }
            yield &elements[place].value
        }
    }

    /// Changes the value in its place, which is made where there is none.
    mutating func update<Result>(
        _ key: Name, default value: @autoclosure () -> Value, _ change: (inout Value) -> Result
    ) -> Result {
        let place = place(of: key)
        if !holds(key, at: place) { insert(Element(key: key, value: value()), at: place) }
        return change(&elements[place].value)
    }

    /// Reads the value in its place; nil where there is none.
    func read<Result>(_ key: Name, _ body: (borrowing Value) -> Result) -> Result? {
        let place = place(of: key)
        return holds(key, at: place) ? body(elements[place].value) : nil
    }

    /// All, in the order of their names, each to be read in its place: a copy of a large one takes a reference to all that it
    /// holds.
    func eachInPlace(_ body: (borrowing Element) -> Void) {
        let elements = elements.span
        for index in elements.indices { body(elements[index]) }
    }

    /// Changes every value in its place.
    mutating func updateValues(_ change: (Name, inout Value) -> Void) {
        for index in elements.indices { change(elements[index].key, &elements[index].value) }
    }

    /// Whether its names are those of the elements, in their order.
    func hasKeys<Named>(of others: [Named], _ name: (Named) -> Name) -> Bool {
        guard elements.count == others.count else { return false }
        for index in elements.indices where elements[index].key != name(others[index]) { return false }
        return true
    }

    func filter(_ isKept: (Element) -> Bool) -> NameTable {
        var kept = NameTable()
        kept.elements = elements.filter(isKept)
        return kept
    }

    mutating func merge(_ other: NameTable, uniquingKeysWith combine: (Value, Value) -> Value) {
        for element in other.elements {
            self[element.key] = self[element.key].map { combine($0, element.value) } ?? element.value
        }
    }

    func merging(_ other: NameTable, uniquingKeysWith combine: (Value, Value) -> Value) -> NameTable {
        var merged = self
        merged.merge(other, uniquingKeysWith: combine)
        return merged
    }

    private func place(of key: Name) -> Int {
        guard let last = elements.last, key <= last.key else { return elements.count }
        var (low, high) = (0, elements.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if elements[middle].key < key { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func holds(_ key: Name, at place: Int) -> Bool {
        place < elements.count && elements[place].key == key
    }

    private mutating func insert(_ element: Element, at place: Int) {
        // An array doubles by itself: half of it would be empty in most groups, which do not change.
        if elements.count == elements.capacity { elements.reserveCapacity(elements.count + 1 + elements.count / 8) }
        elements.insert(element, at: place)
    }
}

extension NameTable: ExpressibleByDictionaryLiteral {
    /// The last of those that have the same key counts.
    init(dictionaryLiteral elements: (Name, Value)...) {
        for (key, value) in elements { self[key] = value }
    }
}

extension NameTable: Sequence {
    func makeIterator() -> IndexingIterator<[Element]> { elements.makeIterator() }
}

extension NameTable.Element: Equatable where Value: Equatable {}
extension NameTable: Equatable where Value: Equatable {}
extension NameTable.Element: Sendable where Value: Sendable {}
extension NameTable: Sendable where Value: Sendable {}
