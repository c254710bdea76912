// What is wrong, in sentences: alerts, what cannot be seen, and what no alert tells of.

// Whatever is wrong beyond, somebody reading these knows that much is.
const SHOWN = 20;
const MOST = 500;
const TAGS = ["down", "critical", "error", "warning", "no alert", "pending", "info", "silenced"];
const STATUSES = new Map([
  ["losing", () => "It is losing entries: they were removed before the group was given them."],
  ["stopped", (waiting) => `It is stopped: ${waiting} wait, and nobody comes for them.`],
  ["stalled", (waiting) => `It is stalled: consumers are there and ${waiting} wait, but none takes any.`],
  ["lagging", (waiting) => `It is lagging: ${waiting} wait, and they do not become fewer.`]]);
let isAllShown = false;

const firstFew = (list, draw) => [list.slice(0, 5).map((item, i) => [i ? ", " : "", draw(item)]),
  list.length > 5 ? ` and ${number(list.length - 5)} more` : ""];

// "Consumer w-3 is dead and holds 40 entries"; nothing where none has the status.
function drawConsumersIn(status, row) {
  const all = row && row.group ? row.group.consumers.filter((c) => c.status === status) : [];
  if (!all.length) return null;
  const pending = entries(all.reduce((sum, c) => sum + c.pending, 0));
  const [one, several] = status === "stale" ? ["is dead and holds", "are dead and hold"]
    : ["is alive, but has forgotten some of its", "are alive, but have forgotten some of their"];
  if (all.length === 1) return ["Consumer ", name(all[0].consumer), ` ${one} ${pending}.`];
  return [`${number(all.length)} consumers ${several} ${pending}: `,
    firstFew(all, (c) => [name(c.consumer), ` (${number(c.pending)})`]), "."];
}

const lineOf = (alert) => ({ key: keyOf(alert.alertname, alert.severity, alert.since), rule: alert.alertname,
  since: alert.since, tag: alert.silenced ? "silenced" : alert.state === "pending" ? "pending" : alert.severity,
  alert });

// What a line says of an alert: only of those that are shown, as there may be thousands.
function wordsOf(view, alert) {
  const { description, summary, runbook_url: link, command, restore, ...others } = alert.annotations;
  const row = view.row(alert);
  const place = row ? row.place : view.place(alert);
  const text = (t) => sentence(t, alert.stream, alert.group);
  // Since when is told in the reader's own time.
  const told = description || summary || alert.alertname;
  const [what, meaning = ""] = told.split(/\s*It has been so since [-\d]+ [:\d]+ UTC\.\s*/);
  const consumers = { ConsumerStale: "stale", ConsumerStuck: "stuck" }[alert.alertname];
  const lead = consumers && drawConsumersIn(consumers, row);
  const cause = alert.inhibited_by && `Nobody is told, because of ${alert.inhibited_by}. `;
  const notes = ["remediation", "replicas", "groups"].filter((n) => others[n])
    .map((n) => [` ${n[0].toUpperCase()}${n.slice(1)}: `, text(others[n].replaceAll("\n", "; ")), "."]);
  const calls = Object.entries(alert.told).map(([channel, at]) => [" ", name(channel), " was told at ",
    time(Date.parse(at) / 1000), "."]);
  return { link: /^https?:/.test(link) && link, text: lead || text(what),
    more: [cause, lead && [text(what), " "], text(meaning), notes, calls],
    command: command && commandFrom(place, command), restore: restore && drawRestore(place, restore) };
}

// Whether one alert keeps another quiet, by what both are about.
const isCause = (cause, alert) => cause.alertname === alert.inhibited_by && cause.target === alert.target &&
  isActive(cause) && cause !== alert && !cause.inhibited_by &&
  ["node", "stream", "group"].every((at) => cause[at] === null || alert[at] === null || cause[at] === alert[at]);

function addAlerts(view, add) {
  const active = view.alerts.filter(isActive);
  const lines = new Map();
  for (const alert of active) if (!alert.inhibited_by) lines.set(alert, add(alert, lineOf(alert)));
  for (const alert of active.filter((a) => a.inhibited_by)) {
    const cause = active.find((other) => isCause(other, alert));
    if (cause) lines.get(cause).folded.push(alert);
    else add(alert, { ...lineOf(alert), tag: "silenced" });
  }
}

function addTarget(view, add, target) {
  const { name: about, up, error, last_poll: last, interval_seconds: every = 5, nodes, streams } = target;
  const wrong = (...text) => add({ target: about }, { tag: "error", text });
  const fires = (rule) => view.alerts.filter((a) => a.alertname === rule && a.target === about && a.state === "firing");
  const told = fires("RedisDown").map((a) => a.annotations.description).join("\n");
  if (!up && !(error && told.includes(error))) {
    add({ target: about }, { tag: "down", text: ["It cannot be polled: ", visible(error),
      last ? [". Its figures are of ", time(last), ", ", age(last), " old."] : "."] });
  } else if (up && error) {
    wrong("Not everything can be seen: ", visible(error), ".");
  }
  if (up && last === null) wrong("It has not been polled yet.");
  if (up && now() - last > 3 * every && last && !view.isOld) {
    wrong("Its figures are old: the last poll was at ", time(last), ", ", age(last),
      ` ago, and there should be one every ${duration(every)}.`);
  }
  for (const { node, up, error } of nodes) {
    if (up || told.includes(node) || (target.error || "").includes(error || node)) continue;
    add({ target: about, node }, { tag: "error", text: ["It does not answer: ", visible(error),
      "."] });
  }
  const missing = target.streams_not_sampled;
  if (missing > 0 && !fires("StreamsNotSampled").length) {
    wrong(`More streams match than max_streams allows: ${number(missing)}, such as `,
      firstFew(target.names_not_sampled.slice(0, 5), name), ".");
  }
  // A server that is down has one sentence, not one for each of its streams.
  const failed = streams.filter((s) => s.error && up && !nodes.some((n) => n.node === s.node && !n.up));
  for (const [error, some] of Map.groupBy(failed, (s) => s.error)) {
    if (some.length === 1) add({ target: about, stream: some[0].stream },
      { tag: "error", text: ["It cannot be sampled: ", visible(error), "."] });
    else wrong(`${number(some.length)} streams cannot be sampled: `, visible(error), " (",
      firstFew(some, (s) => name(s.stream)), ").");
  }
}

// What the figures say, and no alert does.
function addRow(add, row) {
  const { group, vanished } = row;
  const say = (text, more = {}) => text && add({ target: row.target, stream: row.stream.stream, group: row.name },
    { tag: "no alert", text, ...more });
  if (vanished && !row.alerts.some((a) => a.state === "firing" && a.alertname.startsWith("Group"))) {
    say("It had consumers, and is gone.", { since: vanished.since,
      restore: vanished.restore && drawRestore(row.place, vanished.restore) });
  }
  if (group && group.error) say(["Not all of it can be read: ", visible(group.error), "."], { tag: "error" });
  if (!group || row.alerts.length) return;
  if (STATUSES.has(row.status)) say(STATUSES.get(row.status)(or(group.lag.entries, entries, "entries")));
  say(drawConsumersIn("stale", row));
  say(drawConsumersIn("stuck", row));
}

// By what it is about, the worst first.
function collect(view) {
  const items = new Map();
  const add = (about, line) => {
    const key = keyOf(about.target, about.node, about.stream, about.group);
    if (!items.has(key)) items.set(key, { key, about, lines: [] });
    const { lines } = items.get(key);
    return lines[lines.push({ key: `own ${lines.length}`, more: [], folded: [], ...line }) - 1];
  };
  addAlerts(view, add);
  for (const target of view.snapshot.targets) addTarget(view, add, target);
  for (const row of view.rows) addRow(add, row);
  const rank = (line) => TAGS.indexOf(line.tag);
  for (const item of items.values()) {
    item.lines.sort((a, b) => rank(a) - rank(b));
    item.tag = item.lines[0].tag;
    item.rank = rank(item.lines[0]) * 1000 - (view.row(item.about) || { rank: 0 }).rank;
  }
  return [...items.values()].sort((a, b) => a.rank - b.rank);
}

const levelOf = (tag) => tag.replace(" ", "-");

function drawLine(view, line) {
  const { key, tag, rule, link, text, more, since: start, restore, folded } = line;
  return h("li", { key },
    h("p.what", h(`span.tag.${levelOf(tag)}`, tag), " ", text, start && muted(" ", since(start)), rule && [" ",
      link ? h("a", { href: link, rel: "noreferrer" }, `${rule}: what to do`) : muted(rule)]),
    h("p.meaning", more), restore,
    folded.length > 0 && h("details", { key: "folded" }, h("summary", count(folded.length, "more alert"),
      " that this explains"),
      h("ul.plain", folded.slice(0, MOST).map((alert) => h("li", { key: keyOf(alert.fingerprint, lineOf(alert).key) },
        drawSubject(view, alert), " ", wordsOf(view, alert).text, muted(" ", alert.alertname))))));
}

function drawItem(view, { key, about, lines, tag }) {
  const told = lines.map((line) => (line.alert ? { ...line, ...wordsOf(view, line.alert) } : line));
  const commands = new Set(told.map((line) => line.command).filter(Boolean));
  return h(`li.item.${levelOf(tag)}`, { key }, h("h3", drawSubject(view, about)),
    h("ul", told.map((line) => drawLine(view, line))),
    [...commands].map((text) => drawCommand(text, "the command to look by hand")));
}

// What the heading, the title and the line below say.
function summary(view, items) {
  const lines = items.flatMap((item) => item.lines);
  const tally = (tag) => lines.filter((line) => line.tag === tag).length;
  const [down, critical, , , , pending, info, silenced] = TAGS.map(tally);
  const wrong = lines.length - pending - info - silenced;
  const verb = view.isOld ? (wrong > 1 ? "were" : "was") : wrong > 1 ? "are" : "is";
  const { targets, time: at } = view.snapshot;
  const streams = targets.reduce((sum, t) => sum + t.streams.length, 0);
  const groups = view.rows.filter((row) => row.group).length;
  const heading = wrong
    ? `${count(wrong, "thing")} ${verb} wrong${down + critical ? `, ${number(down + critical)} critical` : ""}.`
    : view.isUnseen ? "Nothing else is known to be wrong." : `Nothing ${verb} wrong${pending ? " yet" : ""}.`;
  return { heading: view.isUnseen ? `The alerts cannot be read. ${heading}` : heading,
    title: wrong ? `${number(wrong)} wrong` : "nothing wrong", below: [
    pending ? `${number(pending)} pending: not yet for long enough to be an alarm. ` : "",
    info ? `${number(info)} to be known. ` : "",
    silenced ? `${number(silenced)} silenced. ` : "",
    `Looked at: ${count(targets.length, "target")}, ${count(streams, "stream")}, ${count(groups, "group")}, at `,
    time(at), ", ", age(at), " ago."] };
}

function drawTrouble(view) {
  if (!view.snapshot.targets.some((t) => t.last_poll || t.error || t.streams.length
    || (t.up && t.last_poll === undefined))) {
    return { title: "not polled yet", heading: "Nothing has been polled yet: weir's first look is under way.",
      body: [] };
  }
  const items = collect(view);
  const { heading, title, below } = summary(view, items);
  const shown = items.slice(0, isAllShown ? MOST : SHOWN);
  const rest = number(items.length - shown.length);
  return { heading, title, body: [h("p.meaning", { key: "below" }, below),
    shown.length > 0 && h("ul.items", { key: "items" }, shown.map((item) => drawItem(view, item))),
    shown.length < items.length && h("p", { key: "rest" }, isAllShown ? `and ${rest} more, in the table below.`
      : button("all", {}, `Show ${rest} more`)), drawLately(view)] };
}
