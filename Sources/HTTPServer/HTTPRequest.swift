/// One request, as a handler sees it: whatever was not UTF-8 in it has become U+FFFD.
package struct HTTPRequest: Sendable {
    package let method: HTTPMethod
    /// Percent-decoded, without the query.
    package let path: String
    package let query: QueryParameters
    private let headers: [(name: String, value: String)]

    package init(
        method: HTTPMethod = .get, path: String, query: QueryParameters = QueryParameters(),
        headers: [(name: String, value: String)] = []
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
    }

    /// The value of a header, by its name in any case; if it came more than once, the values joined by commas.
    package func header(_ name: String) -> String? {
        let name = name.lowercased()
        let values = headers.filter { $0.name.lowercased() == name }.map(\.value)
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }
}
