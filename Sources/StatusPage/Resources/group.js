// All that is known of one row: its figures in words, its consumers, and the commands to look by hand.
const group = (() => {
  "use strict";
  const { h } = dom;
  const { number, rate, duration, name, count } = words;
  const SHOWN = 100;
  const CONSUMERS = ["stale", "stuck", "busy", "active", "idle", "abandoned"];

  const or = (value, text, without = "unknown") => (value === null || value === undefined ? without : text(value));
  const outcome = (pairs) => h("dl", {}, pairs.filter(Boolean).map(([term, value]) =>
    h("div", { key: term }, h("dt", {}, term), h("dd", {}, value))));

  function lag({ entries, state, uncertainty }) {
    if (entries === null) return "unknown";
    return state === "exact" ? number(entries) : `~${number(entries)} ± ${number(uncertainty)}`;
  }

  // The pending entries were looked at in part only: what was seen is a lower bound.
  const bound = (pending) => (pending.coverage_ratio !== null && pending.coverage_ratio < 1 ? "≥ " : "");

  function idle({ pending }) {
    if (pending.max_idle_seconds === null) return pending.entries === 0 ? "–" : "unknown";
    return bound(pending) + duration(pending.max_idle_seconds);
  }

  // What becomes of what waits, and what was lost: [is it bad, text].
  function outlook(row) {
    const g = row.group;
    const remarks = [];
    if (g.entries_lost > 0) remarks.push([row.status === "losing", `${number(g.entries_lost)} lost`]);
    if (g.draining === false && g.status !== "ok") remarks.push([true, "does not drain"]);
    else if (g.drain_seconds > 0) remarks.push([false, `drains in ${duration(g.drain_seconds)}`]);
    const margin = g.trim_margin_seconds;
    if (margin !== null && (g.draining === false ? margin < 3600 : margin < Math.max(g.drain_seconds || 0, g.hold_seconds_p99 || 0))) {
      remarks.push([true, `trimmed in ${duration(margin)}`]);
    }
    return remarks;
  }

  function figures({ group: g, stream: s }) {
    const few = "unknown: too few samples yet";
    const pairs = [["Server", [name(s.node), " ", s.db]], ["Length", or(s.length, number)],
      ["Added", or(s.entries_added, number)], ["Added per second", or(s.produced_per_second, rate, few)],
      ["Memory", or(s.memory_bytes, words.bytes, "not measured yet")],
      ["Last entry", s.length === 0 ? "none is there" : or(s.last_entry_age_seconds, (a) => `${duration(a)} ago`)],
      ["Looked at", or(s.sample_age_seconds, (a) => `${duration(a)} before the snapshot`, "not yet")],
      s.members !== null && ["Stands for", count(s.members, "stream")]];
    if (!g) return pairs;
    const p = g.pending;
    const seen = (value, text) => (p.entries === 0 ? "–" : or(value, (v) => bound(p) + text(v)));
    return [
      ["Lag", [lag(g.lag), { exact: " (exact)", estimated: " (estimated)" }[g.lag.state] || ""]],
      ["The server's own lag", or(g.lag.reported, number, "it says none")],
      ["Behind", or(g.lag.seconds, duration)],
      ["Drains in", g.drain_seconds !== null ? duration(g.drain_seconds) : g.draining === false ? "it does not drain"
        : g.lag.entries === 0 ? "nothing waits" : "unknown"],
      ["Delivered per second", or(g.delivered_per_second, rate, few)],
      ["Acknowledged per second", or(g.acknowledged_per_second, rate, few)],
      ["Hold time p50, p99", g.hold_seconds_p50 === null && g.hold_seconds_p99 === null ? "unknown: too few were seen pending"
        : `${or(g.hold_seconds_p50, duration)}, ${or(g.hold_seconds_p99, duration)}`],
      ["Pending", or(p.entries, number)], ["Longest idle", idle(g)], ["Oldest pending for", seen(p.oldest_age_seconds, duration)],
      ["Most deliveries", seen(p.max_deliveries, number)], ["Delivered too often", seen(p.poison, number)],
      ["Pending, but trimmed", seen(p.dangling, number)],
      bound(p) && ["Pending looked at", `${Math.floor(p.coverage_ratio * 100)} %`],
      ["Trim margin", [or(g.trim_margin_entries, (n) => count(n, "entry", "entries")),
        or(g.trim_margin_seconds, (t) => `, ${duration(t)}`, "; nothing is seen to be trimmed")]],
      ["Lost", or(g.entries_lost, number)], ["Skipped", or(g.entries_skipped, number)], ...pairs];
  }

  function consumers(g) {
    if (!g.consumers.length) return h("p", {}, "No consumers.");
    const worst = (c) => CONSUMERS.indexOf(c.status) * 1e9 - c.pending;
    const all = [...g.consumers].sort((a, b) => worst(a) - worst(b));
    const rest = g.consumers_not_shown + Math.max(0, all.length - SHOWN);
    const heads = ["Consumer", "Status", "Pending", "Idle", "Last got something", "Longest pending idle"];
    return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Consumers" },
      h("table", {}, h("thead", {}, h("tr", {}, heads.map((t) => h("th", { scope: "col" }, t)))),
        h("tbody", {}, all.slice(0, SHOWN).map((c) => h("tr", { key: c.consumer },
          h("th", { scope: "row" }, name(c.consumer)), h("td", {}, status(c.status || "not known yet")), h("td", {}, number(c.pending)),
          h("td", {}, or(c.idle_seconds, duration)), h("td", {}, or(c.inactive_seconds, (s) => `${duration(s)} ago`)),
          h("td", {}, c.pending ? or(c.max_pending_idle_seconds, duration) : "–"))))),
      rest ? h("p", {}, `and ${number(rest)} more.`) : null);
  }

  const SHAPES = new Map([["ok", "✓"], ["active", "✓"], ["idle", "✓"], ["busy", "✓"], ["lagging", "▲"], ["losing", "✕"],
    ["stopped", "■"], ["stalled", "■"], ["gone", "✕"], ["error", "✕"], ["stale", "✕"], ["stuck", "▲"], ["abandoned", "○"]]);
  const status = (text) => h("span", { class: `status ${text.replaceAll(" ", "-")}` },
    h("span", { class: "shape", "aria-hidden": "true" }, SHAPES.get(text) || "?"), text);

  function commands(row) {
    if (row.stream.members !== null) return h("p", {}, "No command shows it: it stands for streams that are looked at one by one.");
    const { stream } = row.stream;
    const verbs = row.group ? [["XPENDING", row.name, "-", "+", "10"], ["XINFO CONSUMERS", row.name]] : [];
    return [...verbs, ["XINFO GROUPS"], ["XINFO STREAM"]].map(([verb, ...rest]) =>
      command.show(command.of(row.place, verb, stream, ...rest), verb));
  }

  function draw(row) {
    return h("div", { class: "more" },
      h("p", { class: "full" }, h("bdi", {}, name(row.stream.stream)), row.name === null ? null : [" / ", name(row.name)]),
      row.stream.error ? h("p", {}, "It cannot be sampled: ", words.visible(row.stream.error), ".") : null,
      row.group && row.group.error ? h("p", {}, "Not all can be read: ", words.visible(row.group.error), ".") : null,
      row.vanished ? h("p", {}, "The group is gone, ", words.since(row.vanished.since), ".") : null,
      outcome(figures(row)), row.group ? consumers(row.group) : null, commands(row));
  }

  return { draw, lag, idle, outlook, status, or };
})();
