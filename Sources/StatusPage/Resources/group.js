// All that is known of one row: its figures in words, its consumers, and the commands to look by hand.
const SHAPES = [["✓", "ok active idle busy"], ["▲", "lagging stuck"], ["✕", "losing gone error stale"],
  ["■", "stopped stalled"], ["○", "abandoned"]];
const drawStatus = (text) => h(`span.status.${text.replace(" ", "-")}`,
  h("span.shape", { "aria-hidden": "true" }, (SHAPES.find(([, all]) => all.split(" ").includes(text)) || "?")[0]),
  text);

const CONSUMERS_SHOWN = 100;
const CONSUMER_HEADS = ["Consumer", "Status", "Pending", "Idle", "Last got any", "Longest pending idle"];
const BY_TROUBLE = ["stale", "stuck", "busy", "active", "idle", "abandoned", null];
const few = () => h("span.muted", { title: "too few samples yet" }, "–");

const lagText = ({ entries, state, uncertainty }) => (entries === null ? "unknown" : state === "exact" ? number(entries)
  : `~${number(entries)} ± ${number(uncertainty)}`);
// Where the pending entries were looked at in part only, what was seen is a lower bound.
const seen = ({ entries, coverage_ratio: coverage }, value, text) => (entries === 0 ? "–"
  : or(value, (v) => (coverage < 1 ? "≥ " : "") + text(v)));

// What becomes of what waits, and what was lost.
function drawOutlook(g) {
  const margin = g.trim_margin_seconds;
  const isShort = margin !== null && margin < (g.draining === false ? 3600
    : Math.max(g.drain_seconds, g.hold_seconds_p99));
  const remarks = [
    g.entries_lost > 0 && (g.status === "losing" ? bad : muted)(`${number(g.entries_lost)} lost`),
    g.draining === false && g.status !== "ok" && bad("does not drain"),
    g.drain_seconds > 0 && `drains in ${duration(g.drain_seconds)}`,
    isShort && bad(`trimmed in ${duration(margin)}`)].filter(Boolean);
  return remarks.map((remark, i) => [i ? ", " : "", remark]);
}

function figuresOf({ group: g, stream: s }) {
  const rateText = (value) => or(value, rate, "unknown: too few samples yet");
  const ofStream = [["Server", [name(s.node), " ", s.db]], ["Length", or(s.length, number)],
    ["Added", or(s.entries_added, number, "unknown before Redis 7.0")],
    ["Added per second", rateText(s.produced_per_second)], ["Memory", or(s.memory_bytes, bytes, "not measured yet")],
    ["Last entry", s.length === 0 ? "there is none" : or(s.last_entry_age_seconds, (a) => `${duration(a)} old`)],
    ["Figures", or(s.sample_age_seconds, (a) => `${duration(a)} older than the snapshot`, "none yet")],
    s.members !== null && ["Stands for", count(s.members, "stream")]].filter(Boolean);
  if (!g) return ofStream;
  const { lag, pending: p } = g;
  return [["Lag", `${lagText(lag)}${lag.entries === null ? "" : ` (${lag.state})`}`],
    ["The server's own lag", or(lag.reported, number, "it says none")], ["Behind", or(lag.seconds, duration)],
    ["Drains in", or(g.drain_seconds, duration, g.draining === false ? "does not drain" : lag.entries === 0
      ? "nothing waits" : "unknown")],
    ["Delivered per second", rateText(g.delivered_per_second)],
    ["Acknowledged per second", rateText(g.acknowledged_per_second)],
    ["Hold time p50, p99", or(g.hold_seconds_p99, (p99) => [or(g.hold_seconds_p50, duration), ", ", duration(p99)],
      "unknown: too few seen")],
    ["Pending", or(p.entries, number)], ["Longest idle", seen(p, p.max_idle_seconds, duration)],
    ["Oldest pending for", seen(p, p.oldest_age_seconds, duration)],
    ["Most deliveries", seen(p, p.max_deliveries, number)],
    ["Delivered too often", seen(p, p.poison, number)], ["Pending, but trimmed", seen(p, p.dangling, number)],
    ["Pending looked at", or(p.coverage_ratio, (share) => `${Math.floor(share * 100)} %`)],
    ["Trim margin", [or(g.trim_margin_entries, entries), or(g.trim_margin_seconds, (s) => `, ${duration(s)}`,
      "; no trimming seen")]],
    ["Lost", or(g.entries_lost, number)], ["Skipped", or(g.entries_skipped, number)], ...ofStream];
}

function drawConsumers({ consumers, consumers_not_shown: hidden }) {
  if (!consumers.length) return h("p", "No consumers.");
  const all = [...consumers].sort((a, b) => BY_TROUBLE.indexOf(a.status) - BY_TROUBLE.indexOf(b.status)
    || b.pending - a.pending);
  const rest = hidden + Math.max(0, all.length - CONSUMERS_SHOWN);
  const cells = (c) => [drawStatus(c.status || "not known yet"), number(c.pending), or(c.idle_seconds, duration),
    or(c.inactive_seconds, (s) => `${duration(s)} ago`, "never, or not told"),
    c.pending ? or(c.max_pending_idle_seconds, duration) : "–"];
  return h("div.scroll", { tabindex: 0, role: "region", "aria-label": "Consumers" },
    h("table", { "aria-label": "Consumers" },
    h("thead", h("tr", CONSUMER_HEADS.map((t) => h("th", { scope: "col" }, t)))),
    h("tbody", all.slice(0, CONSUMERS_SHOWN).map((c) => h("tr", { key: c.consumer },
      h("th", { scope: "row" }, name(c.consumer)),
      cells(c).map((cell) => h("td", cell)))))), rest > 0 && h("p", `and ${number(rest)} more.`));
}

function drawMore(row) {
  const { stream: s, group: g, vanished } = row;
  const wrong = [s.error, g && g.error].filter(Boolean);
  const verbs = g ? [["XPENDING", s.stream, row.name, "-", "+", "10"], ["XINFO", "CONSUMERS", s.stream, row.name]] : [];
  return h("div.more", h("p.full", name(s.stream, true), row.name !== null && [" / ", name(row.name, true)]),
    wrong.map((error) => h("p.bad", "Not all of it can be seen: ", visible(error), ".")),
    vanished && h("p.bad", "The group is gone, ", since(vanished.since), "."),
    h("dl", figuresOf(row).map(([term, value]) => h("div", { key: term }, h("dt", term), h("dd", value)))),
    g && drawConsumers(g),
    s.members !== null ? h("p", "No command shows it: it stands for several streams.")
      : [...verbs, ["XINFO", "GROUPS", s.stream], ["XINFO", "STREAM", s.stream]].map((args) =>
        drawCommand(commandOf(row.place, ...args), args[0] === "XINFO" ? `XINFO ${args[1]}` : args[0])));
}
