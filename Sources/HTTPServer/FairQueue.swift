/// A bounded queue that serves owners in turn, however much each of them has put in.
struct FairQueue<Element: Sendable>: Sendable {
    private struct Lane: Sendable {
        let owner: [UInt8]
        var elements: [Element]
    }

    private let limit: Int
    /// The next owner's first; none is empty.
    private var lanes: [Lane] = []

    /// `limit`: how many elements may wait.
    init(limit: Int) {
        self.limit = limit
    }

    /// What became of an element.
    enum Admission {
        case taken
        /// The last element of the owner that had most has lost its place to it.
        case takenInPlace(of: Element)
        case refused
    }

    mutating func push(_ element: Element, of owner: [UInt8]) -> Admission {
        var displaced: Element?
        if lanes.reduce(0, { $0 + $1.elements.count }) >= limit {
            let own = lanes.first { $0.owner == owner }?.elements.count ?? 0
            guard let largest = lanes.indices.max(by: { lanes[$0].elements.count < lanes[$1].elements.count }),
                lanes[largest].elements.count > own + 1
            else { return .refused }
            displaced = lanes[largest].elements.removeLast()
        }
        if let lane = lanes.firstIndex(where: { $0.owner == owner }) {
            lanes[lane].elements.append(element)
        } else {
            lanes.append(Lane(owner: owner, elements: [element]))
        }
        return displaced.map { .takenInPlace(of: $0) } ?? .taken
    }

    mutating func pop() -> Element? {
        guard !lanes.isEmpty else { return nil }
        var lane = lanes.removeFirst()
        let element = lane.elements.removeFirst()
        if !lane.elements.isEmpty { lanes.append(lane) }
        return element
    }

    /// Everything that waits, which is then gone.
    mutating func removeAll() -> [Element] {
        defer { lanes = [] }
        return lanes.flatMap(\.elements)
    }
}
