import StreamModel

/// The top of the status page where there are several targets: which of them cannot be polled, and the way to each.
enum StatusContents {
    static func render(_ targets: [TargetSnapshot]) -> String {
        guard targets.count > 1 else { return "" }
        let down = targets.count { !$0.isUp }
        let remark = down == 0 ? "" : ", \(down) of which cannot be polled"
        let links = targets.enumerated().map { number, target in
            let style = target.isUp ? "" : " class=\"bad\""
            return "<a\(style) href=\"#\(anchor(number))\">\(htmlEscaped(target.name))</a>"
        }
        return
            "<nav aria-label=\"Targets\"><p>\(targets.count) targets\(remark):</p>\n\(links.joined(separator: "\n"))</nav>\n"
    }

    /// Where the target of that number is: its name may be anything.
    static func anchor(_ number: Int) -> String { "target-\(number)" }
}
