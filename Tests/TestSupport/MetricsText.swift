/// A metrics page as its reader sees it.
package struct MetricsText: Sendable, CustomStringConvertible {
    package struct Series: Equatable, Sendable {
        package var name: String
        package var labels: [String: String]
        package var value: Double
    }

    package let description: String
    package let series: [Series]

    package init(_ text: String) {
        description = text
        series = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.compactMap { Self.series(of: $0) }
    }

    /// The series of that name that have these labels, and maybe others.
    package func all(_ name: String, _ labels: [String: String] = [:]) -> [Series] {
        series.filter { series in
            series.name == name && labels.allSatisfy { series.labels[$0.key] == $0.value }
        }
    }

    /// The value of the one series that has these labels; nil where there is none, or more than one.
    package func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
        let found = all(name, labels)
        return found.count == 1 ? found[0].value : nil
    }

    /// The streams that the page tells something of.
    package var streams: Set<String> { Set(series.compactMap { $0.labels["stream"] }) }

    /// Reads `name{label="value",…} value`.
    private static func series(of line: Substring) -> Series? {
        var rest = line.utf8[...]
        let name = rest.prefix { $0 != UInt8(ascii: "{") && $0 != UInt8(ascii: " ") }
        rest = rest.dropFirst(name.count)
        var labels: [String: String] = [:]
        if rest.first == UInt8(ascii: "{") {
            rest.removeFirst()
            while rest.first != UInt8(ascii: "}") {
                let label = rest.prefix { $0 != UInt8(ascii: "=") }
                rest = rest.dropFirst(label.count + 2)
                guard let value = quoted(&rest) else { return nil }
                labels[String(decoding: label, as: UTF8.self)] = value
                if rest.first == UInt8(ascii: ",") { rest.removeFirst() }
            }
            rest.removeFirst()
        }
        guard let value = Double(String(decoding: rest.dropFirst(), as: UTF8.self)) else { return nil }
        return Series(name: String(decoding: name, as: UTF8.self), labels: labels, value: value)
    }

    /// Takes an escaped value up to its closing quote.
    private static func quoted(_ rest: inout Substring.UTF8View) -> String? {
        var bytes: [UInt8] = []
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: bytes, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let escaped = rest.popFirst() else { return nil }
                bytes.append(escaped == UInt8(ascii: "n") ? UInt8(ascii: "\n") : escaped)
            default: bytes.append(byte)
            }
        }
        return nil
    }
}
