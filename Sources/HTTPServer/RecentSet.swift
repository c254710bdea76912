/// The elements that were put in last, up to a limit.
struct RecentSet<Element: Hashable & Sendable>: Sendable {
    private let limit: Int
    private var members: Set<Element> = []
    /// The oldest first.
    private var order: [Element] = []

    init(limit: Int) {
        self.limit = limit
    }

    func contains(_ element: Element) -> Bool {
        members.contains(element)
    }

    mutating func insert(_ element: Element) {
        guard members.insert(element).inserted else { return }
        order.append(element)
        if order.count > limit { members.remove(order.removeFirst()) }
    }
}
