import Exposition

/// A metrics page read back, by a reader that takes nothing but what the format allows weir to write.
struct ParsedPage {
    struct Label: Hashable {
        var name: String
        /// Unescaped; in bytes, as Swift compares strings by what they look like.
        var value: [UInt8]
    }

    struct Sample: Hashable {
        var name: String
        var labels: [Label]
        var value: String
    }

    struct Family {
        /// As TYPE gives it.
        var name: String
        var kind = ""
        var help = ""
        var unit: String?
        var samples: [Sample] = []
    }

    private(set) var families: [Family] = []
    private let format: MetricsFormat
    /// The comments of the present family, in the order in which they came.
    private var comments: [String] = []

    init(_ bytes: [UInt8], format: MetricsFormat) throws(PageError) {
        self.format = format
        guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else { throw .notUTF8 }
        guard bytes.last == UInt8(ascii: "\n") else { throw .noFinalNewline }
        var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast()
        if format == .openMetrics {
            guard let last = lines.popLast(), last.elementsEqual("# EOF".utf8) else { throw .missingEOF }
        }
        for line in lines {
            guard !line.isEmpty else { throw .emptyLine }
            let line = String(Substring(line))
            if line.hasPrefix("#") { try takeComment(line) } else { try takeSample(line) }
        }
        try endFamily()
    }

    private mutating func takeComment(_ line: String) throws(PageError) {
        let words = line.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
        guard words.count == 4, words[0] == "#", isMetricName(words[2]), !words[3].isEmpty else {
            throw .malformedComment(line)
        }
        if words[1] == (format == .text ? "HELP" : "TYPE") {
            try endFamily()
            families.append(Family(name: words[2]))
            comments = []
        }
        guard let index = families.indices.last, families[index].name == words[2], families[index].samples.isEmpty
        else { throw .misplacedComment(line) }
        switch words[1] {
        case "HELP": families[index].help = words[3]
        case "TYPE": families[index].kind = words[3]
        case "UNIT" where format == .openMetrics: families[index].unit = words[3]
        default: throw .malformedComment(line)
        }
        comments.append(words[1])
        let orders = format == .text ? [["HELP", "TYPE"]] : [["TYPE", "HELP"], ["TYPE", "UNIT", "HELP"]]
        guard orders.contains(where: { $0.starts(with: comments) }) else { throw .misplacedComment(line) }
    }

    private mutating func takeSample(_ line: String) throws(PageError) {
        guard let index = families.indices.last, comments.count >= 2 else { throw .foreignSample(line) }
        var reader = SampleReader(line)
        guard let sample = reader.sample() else { throw .malformedSample(line) }
        guard sampleNames(of: families[index]).contains(sample.name) else { throw .foreignSample(line) }
        families[index].samples.append(sample)
    }

    private func endFamily() throws(PageError) {
        if let last = families.last, last.samples.isEmpty { throw .emptyFamily(last.name) }
    }

    private func sampleNames(of family: Family) -> [String] {
        switch family.kind {
        case "gauge", "summary": [family.name]
        case "counter": [format == .openMetrics ? family.name + "_total" : family.name]
        case "histogram": ["_bucket", "_sum", "_count"].map { family.name + $0 }
        default: []
        }
    }
}

/// Lower case only: weir has no other names, of metrics or of labels.
func isMetricName(_ text: String) -> Bool {
    let bytes = text.utf8
    return bytes.first.map { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) } == true
        && bytes.allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789_".utf8.contains($0) }
}
