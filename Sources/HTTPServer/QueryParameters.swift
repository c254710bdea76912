/// A request's query, decoded, in the order in which the client sent it.
package struct QueryParameters: Sendable {
    /// A name that came without `=` has the value `""`.
    package let all: [(name: String, value: String)]

    package init(_ all: [(name: String, value: String)] = []) {
        self.all = all
    }

    /// The value of the first parameter of that name.
    package func first(_ name: String) -> String? {
        all.first { $0.name == name }?.value
    }
}
