/// What an `Accept-Encoding` header allows.
package struct AcceptEncoding: Sendable {
    /// Whether the client takes gzip; without a header it may not know it, so the answer is no.
    package let acceptsGzip: Bool

    package init(_ header: String?) {
        let elements = header.map(WeightedElement.list) ?? []
        let named = elements.filter { $0.value == "gzip" || $0.value == "x-gzip" }
        let governing = named.isEmpty ? elements.filter { $0.value == "*" } : named
        acceptsGzip = governing.contains { $0.weight > 0 }
    }
}
