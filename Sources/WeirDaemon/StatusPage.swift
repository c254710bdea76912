import StreamModel

/// The page at `/`: the state of every target, for whoever has no dashboard at hand.
enum StatusPage {
    /// Nothing but the document's own style is loaded or run.
    static let contentSecurityPolicy =
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

    static func render(_ targets: [TargetSnapshot], at time: Timestamp) -> [UInt8] {
        var html = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="refresh" content="5">
            <title>weir</title>
            <style>\(style)</style>
            </head>
            <body>
            <header><h1>weir</h1>
            <p>Figures are of the last poll, and this page of <time>\(clockTime(time))</time> UTC; it is made anew every 5 s.</p>
            <nav><a href="/metrics">metrics</a> <a href="/api/v1/snapshot">snapshot as JSON</a></nav></header>
            <main>

            """
        if targets.isEmpty { html += "<p>The first poll is under way.</p>\n" }
        for target in targets { html += section(target) }
        html += "</main>\n</body>\n</html>\n"
        return Array(html.utf8)
    }

    private static func section(_ target: TargetSnapshot) -> String {
        var html = "<section>\n<h2>\(htmlEscaped(target.name))</h2>\n"
        if let error = target.error {
            let what = target.isUp ? "Not everything can be seen" : "It cannot be polled"
            html += "<p class=\"bad\" role=\"alert\">\(what): \(htmlEscaped(error)).</p>\n"
        }
        for node in target.nodes {
            html += "<p>\(htmlEscaped(sentence(node)))</p>\n"
        }
        for stream in target.streams {
            guard let error = stream.error else { continue }
            html += "<p class=\"bad\"><b>\(htmlEscaped(stream.name.text))</b>: \(htmlEscaped(error.description)).</p>\n"
        }
        for event in target.events.reversed() { html += "<p class=\"bad\">\(htmlEscaped(sentence(event)))</p>\n" }
        if target.streamsNotSampled > 0 {
            html += "<p class=\"bad\">\(target.streamsNotSampled) more streams match than max_streams allows.</p>\n"
        }
        let seen = target.streams.filter { $0.figures != nil }
        if !seen.isEmpty {
            html += table(seen)
        } else if target.isUp && target.streams.isEmpty {
            html += "<p>No streams.</p>\n"
        }
        return html + "</section>\n"
    }

    private static func sentence(_ event: StreamEvent) -> String {
        let subject = event.group.map { "\(event.stream), group \($0)" } ?? "\(event.stream)"
        let entries = event.entries.map { " (\($0) entries)" } ?? ""
        let restore = event.restore.map { " As it was: \($0)" } ?? ""
        return "\(clockTime(event.time)) \(subject): \(event.kind.sentence)\(entries).\(restore)"
    }

    private static func sentence(_ node: NodeSnapshot) -> String {
        guard let observation = node.observation else { return "\(node.node) is not answering." }
        let server = observation.identity.map { "\($0.kind.rawValue) \($0.version), \($0.role)" } ?? "unknown server"
        let used = observation.memory.usedBytes.map { ", \(megabytes($0)) of memory used" } ?? ""
        let limit = observation.memory.maxBytes.map { $0 == 0 ? " without a limit" : " of \(megabytes($0))" } ?? ""
        return "\(node.node): \(server)\(used)\(limit)."
    }

    private static func table(_ streams: [StreamSnapshot]) -> String {
        let columns = [
            "stream", "length", "group", "status", "lag", "behind", "pending", "longest idle", "most deliveries",
            "consumers",
        ]
        let head = columns.map { "<th scope=\"col\">\($0)</th>" }.joined()
        return "<table>\n<thead><tr>\(head)</tr></thead>\n<tbody>\n\(streams.map(rows).joined())</tbody>\n</table>\n"
    }

    private static func rows(_ stream: StreamSnapshot) -> String {
        let own = [stream.name.text, stream.figures.map { String($0.length) } ?? ""]
        guard !stream.groups.isEmpty else {
            return row(own + ["no group"] + Array(repeating: "", count: 7))
        }
        return stream.groups.map { group in row(own + cells(group)) }.joined()
    }

    private static func cells(_ group: GroupSnapshot) -> [String] {
        [
            group.name.text, group.status.rawValue, lag(group), group.lagSeconds.map(duration) ?? "unknown",
            String(group.pending.entries), group.pending.maxIdleSeconds.map(duration) ?? "",
            group.pending.maxDeliveries.map(String.init) ?? "", consumers(group),
        ]
    }

    /// How many there are, and how many of them are in trouble.
    private static func consumers(_ group: GroupSnapshot) -> String {
        let troubled = [ConsumerStatus.stale, .stuck].compactMap { status in
            group.consumersByStatus[status].map { "\($0) \(status.rawValue)" }
        }
        return ([String(group.consumerCount)] + troubled).joined(separator: ", ")
    }

    private static func lag(_ group: GroupSnapshot) -> String {
        guard let lag = group.lag else { return "unknown" }
        return lag.isExact ? String(lag.entries) : "\(lag.entries) ± \(lag.uncertainty)"
    }

    private static func row(_ cells: [String]) -> String {
        "<tr>" + cells.map { "<td>\(htmlEscaped($0))</td>" }.joined() + "</tr>\n"
    }

    private static func megabytes(_ bytes: Int64) -> String {
        "\((Double(bytes) / 1_048_576 * 10).rounded() / 10) MiB"
    }

    private static func duration(_ seconds: Double) -> String {
        switch seconds {
        case ..<1: "\(Int(seconds * 1000)) ms"
        case ..<120: "\(Int(seconds)) s"
        case ..<7200: "\(Int(seconds / 60)) min"
        case ..<172_800: "\(Int(seconds / 3600)) h"
        default: "\(Int(seconds / 86_400)) days"
        }
    }

    /// `06:51:07`, of the day.
    private static func clockTime(_ time: Timestamp) -> String {
        let seconds = time.milliseconds / 1000 % 86_400
        return [seconds / 3600, seconds / 60 % 60, seconds % 60].map { ($0 < 10 ? "0" : "") + String($0) }
            .joined(separator: ":")
    }

    private static let style = """
        :root{color-scheme:light dark}
        body{font:15px/1.45 system-ui,sans-serif;margin:1rem auto;max-width:76rem;padding:0 1rem}
        nav a{margin-right:1rem}
        section{overflow-x:auto}
        table{border-collapse:collapse}
        th,td{text-align:left;padding:.25rem .8rem .25rem 0;border-bottom:1px solid #8884;vertical-align:top}
        td{font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
        .bad{color:light-dark(#a40000,#ff8a80)}
        """
}
