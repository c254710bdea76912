import Platform

/// What a node is read as. Each throws what was meant instead.
extension YAMLNode {
    func text(_ meant: Expectation = .text) throws(Complaint) -> String {
        switch content {
        case .scalar where isNull: throw .empty(meant)
        case .scalar("", _): throw .empty(meant)
        case .scalar(let text, _): return text
        case .sequence: throw .wrongShape(found: "a list", meant: meant)
        case .mapping: throw .wrongShape(found: "a mapping", meant: meant)
        }
    }

    /// A text without control characters, as it goes into labels and lines of a log.
    func plainText() throws(Complaint) -> String {
        let text = try text()
        guard !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw .controlCharacter
        }
        return text
    }

    /// A path; a relative one is meant from where the file stands, as for Prometheus, not from where weir was started.
    func path(_ meant: Expectation = .path, besides file: String) throws(Complaint) -> String {
        let path = try text(meant)
        guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path }
        return file[...slash] + path
    }

    func items(_ meant: Expectation) throws(Complaint) -> [YAMLNode] {
        switch content {
        case .sequence(let items): return items
        case .scalar where isNull: throw .empty(meant)
        case .scalar: throw .wrongShape(found: "a single value", meant: meant)
        case .mapping: throw .wrongShape(found: "a mapping", meant: meant)
        }
    }

    func boolean() throws(Complaint) -> Bool {
        switch try unquoted(.boolean) {
        case "true": return true
        case "false": return false
        case let text: throw .notA(.boolean, Excerpt(text))
        }
    }

    func number(in range: ClosedRange<Int>, example: Int) throws(Complaint) -> Int {
        let text = try unquoted(.number)
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else {
            throw .notA(.number, Excerpt(text))
        }
        guard let number = Int(text), range.contains(number) else {
            throw .outOfRange(Excerpt(text), range: "\(range.lowerBound) to \(range.upperBound)", example: "\(example)")
        }
        return number
    }

    func duration(in range: ClosedRange<Duration>, example: Duration) throws(Complaint) -> Duration {
        try DurationText.parse(text(.duration), in: range, example: example)
    }

    func size(atLeast least: Int, example: String) throws(Complaint) -> Int {
        let text = try text(.size)
        let size = try SizeText.parse(text)
        guard size >= least else {
            throw .outOfRange(Excerpt(text), range: "\(least) bytes and more", example: example)
        }
        return size
    }

    func share() throws(Complaint) -> Double {
        try ShareText.parse(text(.share))
    }

    private func unquoted(_ meant: Expectation) throws(Complaint) -> String {
        let text = try text(meant)
        if case .scalar(_, quoted: true) = content { throw .quoted(Excerpt(text), meant: meant) }
        return text
    }
}
