// What happened, and is no state that could be looked at now: events, and alerts that have ended.
const RECENTLY = 3600;
const EVENTS = new Map([
  ["recreated", "the stream was deleted and made anew"],
  ["rolled_back", "the server came back without its last writes"],
  ["rewound", "the group was set back: entries will be delivered again"],
  ["skipped", "the group was set forward over entries that nobody read"],
  ["vanished", "the group had consumers, and is gone"]]);

function drawEvent(view, event) {
  const row = view.row(event) || view.row({ ...event, group: null });
  const amount = or(event.entries, (n) => ` (${event.at_least ? "at least " : ""}${entries(n)})`, "");
  return h("li", { key: keyOf(event.target, event.time, event.event, event.stream, event.group) }, time(event.time),
    " ", drawSubject(view, event),
    `: ${EVENTS.get(event.event) || event.event}${amount}.`,
    event.restore && drawRestore(row ? row.place : view.place(event), event.restore));
}

function drawEnded(view, alert) {
  return h("li", { key: keyOf(alert.fingerprint, alert.since) }, time(alert.ended_at), " ",
    drawSubject(view, alert), `: ${alert.alertname} has ended, after ${duration(alert.ended_at - alert.since)}.`);
}

function drawLately(view) {
  // A group that is still gone is among what is wrong.
  const events = view.snapshot.targets.flatMap((t) => t.events.map((event) => ({ ...event, target: t.name })))
    .filter((event) => event.event !== "vanished" || !(view.row(event) || {}).vanished).sort((a, b) => b.time - a.time);
  const isRecent = (event, i) => i < 10 && now() - event.time < RECENTLY;
  const recent = events.filter(isRecent);
  const fold = (title, list, draw) => list.length > 0 && h("details", { key: title },
    h("summary", `${title}: ${number(list.length)}`), h("ul.plain", list.slice(0, MOST).map(draw)));
  const event = (e) => drawEvent(view, e);
  return [recent.length > 0 && h("div", { key: "recent" }, h("h3", "Happened in the last hour"),
    h("ul.plain", recent.map(event))),
    fold("Earlier events", events.slice(recent.length), event),
    fold("Alerts that have ended", view.alerts.filter((a) => !isActive(a)), (alert) => drawEnded(view, alert))];
}
