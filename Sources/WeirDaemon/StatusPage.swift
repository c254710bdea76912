import Alerting
import StreamModel

/// The page at `/`: the state of every target, for whoever has no dashboard at hand.
enum StatusPage {
    /// Nothing but the document's own style is loaded or run.
    static let contentSecurityPolicy =
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

    /// Streams that are named where many are not sampled.
    private static let namedAtOnce = 5

    /// `alerts`: all incidents, the worst first.
    static func render(
        _ targets: [TargetSnapshot], alerts: [Incident], actions: ActionBoard.State, at time: Timestamp
    ) -> [UInt8] {
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
            <nav><a href="/metrics">metrics</a> <a href="/api/v1/snapshot">snapshot as JSON</a> <a href="/api/v1/alerts">alerts as JSON</a> <a href="/api/v1/actions">actions as JSON</a></nav></header>
            <main>

            """
        html += StatusAlerts.render(alerts)
        html += StatusActions.render(actions)
        if targets.isEmpty { html += "<p>The first poll is under way.</p>\n" }
        html += StatusContents.render(targets)
        for (number, target) in targets.enumerated() {
            html += section(target, id: StatusContents.anchor(number), at: time)
        }
        html += "</main>\n</body>\n</html>\n"
        return Array(html.utf8)
    }

    private static func section(_ target: TargetSnapshot, id: String, at time: Timestamp) -> String {
        var html = "<section id=\"\(id)\">\n<h2>\(htmlEscaped(target.name))</h2>\n"
        if let error = target.error {
            let what = target.isUp ? "Not everything can be seen" : "It cannot be polled"
            html += "<p class=\"bad\" role=\"alert\">\(what): \(htmlEscaped(error)).</p>\n"
        }
        for node in target.nodes {
            html += "<p>\(htmlEscaped(sentence(node)))</p>\n"
        }
        for stream in target.streams {
            guard let error = stream.error, !error.isOfItsNode else { continue }
            html += "<p class=\"bad\"><b>\(htmlEscaped(stream.name.text))</b>: \(htmlEscaped(error.description)).</p>\n"
        }
        for stream in target.streams {
            for group in stream.vanishedGroups {
                html += "<p class=\"bad\">\(htmlEscaped(sentence(group, of: stream, at: time)))</p>\n"
            }
        }
        for event in target.events.reversed() where !isShownAsVanished(event, target) {
            html += "<p class=\"bad\">\(htmlEscaped(sentence(event)))</p>\n"
        }
        if target.streamsNotSampled > 0 {
            html += "<p class=\"bad\">\(htmlEscaped(notSampled(target)))</p>\n"
        }
        let seen = target.streams.filter { $0.figures != nil }
        if !seen.isEmpty {
            html += StatusTable.render(seen)
        } else if target.isUp && target.streams.isEmpty {
            html += "<p>No streams.</p>\n"
        }
        return html + "</section>\n"
    }

    private static func sentence(_ group: VanishedGroup, of stream: StreamSnapshot, at time: Timestamp) -> String {
        let past = FigureText.duration(Double(time.milliseconds(since: group.since)) / 1000)
        let restore = group.restore.map { " As it was: \($0)" } ?? ""
        return "\(stream.name), group \(group.name): it had consumers, and has been gone for \(past).\(restore)"
    }

    /// A group that is still gone has a sentence already, which says what to do.
    private static func isShownAsVanished(_ event: StreamEvent, _ target: TargetSnapshot) -> Bool {
        event.kind == .vanished
            && target.streams.contains { stream in
                (stream.name == event.stream || stream.members != nil)
                    && stream.vanishedGroups.contains { $0.name == event.group && $0.since == event.time }
            }
    }

    private static func notSampled(_ target: TargetSnapshot) -> String {
        let what = "\(target.streamsNotSampled) more streams match than max_streams allows"
        let named = target.namesNotSampled.prefix(namedAtOnce)
        guard !named.isEmpty else { return what + "." }
        let rest = target.streamsNotSampled - named.count
        return "\(what): \(named.map(\.text).joined(separator: ", "))\(rest > 0 ? " and \(rest) more" : "")."
    }

    private static func sentence(_ event: StreamEvent) -> String {
        let subject = event.group.map { "\(event.stream), group \($0)" } ?? "\(event.stream)"
        let entries = event.countText.map { " (\($0) entries)" } ?? ""
        let restore = event.restore.map { " As it was: \($0)" } ?? ""
        return "\(clockTime(event.time)) \(subject): \(event.kind.sentence)\(entries).\(restore)"
    }

    private static func sentence(_ node: NodeSnapshot) -> String {
        guard let observation = node.observation else { return "\(node.node) is not answering\(share(of: node))." }
        let server = observation.identity.map { "\($0.kind.rawValue) \($0.version), \($0.role)" } ?? "unknown server"
        let used = observation.memory.usedBytes.map { ", \(FigureText.megabytes($0)) of memory used" } ?? ""
        // What limits a server without a maxmemory is the target's own memory_limit.
        let none = node.memoryRunwaySeconds == nil ? " without a limit" : " without a limit of its own"
        let limit = observation.memory.maxBytes.map { $0 == 0 ? none : " of \(FigureText.megabytes($0))" } ?? ""
        let runway =
            node.memoryRunwaySeconds.map { "; at this rate the limit is reached in \(FigureText.duration($0))" } ?? ""
        return "\(node.node): \(server)\(share(of: node))\(used)\(limit)\(runway)."
    }

    /// Of a cluster.
    private static func share(of node: NodeSnapshot) -> String {
        guard let slots = node.slots else { return "" }
        return ", \(slots) \(slots == 1 ? "slot" : "slots") with \(node.streams) "
            + (node.streams == 1 ? "stream" : "streams")
    }

    /// `06:51:07`, of the day.
    static func clockTime(_ time: Timestamp) -> String {
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
        td{font-variant-numeric:tabular-nums}
        td:nth-child(1),td:nth-child(4){min-width:8rem;overflow-wrap:anywhere}
        td:nth-child(8){min-width:12rem}
        .bad{color:light-dark(#a40000,#ff8a80)}
        """
}

extension SampleError {
    /// Whether the sentence about the server says it, for all of its streams at once.
    fileprivate var isOfItsNode: Bool {
        if case .unreachable = self { true } else { false }
    }
}
