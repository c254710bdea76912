import Platform

/// The key of an integration of PagerDuty's.
enum RoutingKeyText {
    static func parse(_ text: String) throws(Complaint) -> Secret {
        guard text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else { throw .routingKey }
        return Secret(Array(text.utf8))
    }
}
