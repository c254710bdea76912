// What is wrong, in sentences: alerts, what cannot be seen, and what no alert tells of.
const trouble = (() => {
  "use strict";
  const { h } = dom;
  const { number, count, name, since, time, duration } = words;
  // Whatever is wrong beyond, somebody reading these knows that much is.
  const SHOWN = 20;
  const MOST = 500;
  const RECENTLY = 3600;
  const ORDER = ["critical", "error", "warning", "no alert", "pending", "info", "silenced"];
  const WRONG = new Set(["critical", "error", "warning", "no alert"]);
  let isAllShown = false;

  const EVENTS = new Map([
    ["recreated", "the stream was deleted and made anew"],
    ["rolled_back", "the server came back without its last writes"],
    ["rewound", "the group was set back: entries will be delivered again"],
    ["skipped", "the group was set forward over entries that nobody read"],
    ["vanished", "the group had consumers, and is gone"],
  ]);
  const STATUSES = new Map([
    ["losing", "entries were removed before the group was given them"],
    ["stopped", "entries wait, and nobody comes for them"],
    ["stalled", "consumers are there and entries wait, but none takes any"],
    ["lagging", "entries wait, and they do not become fewer"],
  ]);
  const ENDS = new Map([
    ["stream_gone", "the stream is gone"], ["group_gone", "the group is gone"], ["node_gone", "the server is gone"],
    ["target_removed", "the target was taken out"], ["rule_off", "the rule was switched off"],
    ["not_expected", "it is not expected any more"],
  ]);

  // "shop: orders / billing", and a way to its row where it has one.
  function subject(view, about) {
    const parts = [];
    if (about.stream !== null && about.stream !== undefined) {
      parts.push(name(about.stream));
      if (about.group !== null && about.group !== undefined) parts.push(" / ", name(about.group));
    } else if (about.node) {
      parts.push(name(about.node));
    }
    if (view.isMany || !parts.length) parts.unshift(name(about.target), parts.length ? ": " : "");
    const row = view.byPlace.get(model.key(about.target, about.stream, about.group));
    if (!row) return h("span", { class: "subject" }, parts);
    return h("button", { type: "button", class: "subject", "data-act": "reveal", "data-row": row.key }, parts);
  }

  function held(consumers) {
    return consumers.slice(0, 5).map((c, i) => [i ? ", " : "", name(c.consumer), ` (${number(c.pending)})`])
      .concat(consumers.length > 5 ? [` and ${number(consumers.length - 5)} more`] : []);
  }

  // "consumer w-3 is dead and holds 40 entries"
  function consumersSentence(row, status) {
    const all = row && row.group ? row.group.consumers.filter((c) => c.status === status) : [];
    if (!all.length) return null;
    const entries = all.reduce((sum, c) => sum + c.pending, 0);
    const isDead = status === "stale";
    if (all.length === 1) {
      return [isDead ? "Consumer " : "Consumer ", name(all[0].consumer),
        isDead ? " is dead and holds " : " is alive, but has forgotten some of its ", count(entries, "entry", "entries"), "."];
    }
    return [`${number(all.length)} consumers ${isDead ? "are dead and hold" : "are alive, but have forgotten some of their"} `,
      `${count(entries, "entry", "entries")}: `, held(all), "."];
  }

  function alertLine(view, alert) {
    const notes = alert.annotations;
    const names = [alert.stream, alert.group];
    const about = notes.description || notes.summary || "";
    // The since of an alert is told in the reader's own time.
    const [what, meaning] = about.split(/\s*It has been so since [-\d]+ [:\d]+ UTC\.\s*/);
    const row = view.byPlace.get(model.key(alert.target, alert.stream, alert.group));
    const lead = alert.alertname === "ConsumerStale" ? consumersSentence(row, "stale")
      : alert.alertname === "ConsumerStuck" ? consumersSentence(row, "stuck") : null;
    const place = row ? row.place : view.placeOf(alert.target, alert.node, alert.stream);
    const link = /^https?:\/\//.test(notes.runbook_url || "") ? notes.runbook_url : null;
    const tag = alert.silenced ? "silenced" : alert.state === "pending" ? "pending" : alert.severity;
    const told = Object.entries(alert.told).map(([channel, at]) => [channel, Date.parse(at) / 1000]);
    const more = [
      lead && [words.sentence(what, ...names), " "],
      meaning && words.sentence(meaning, ...names),
      notes.remediation && [" Remediation: ", words.sentence(notes.remediation.replaceAll("\n", "; "), ...names), "."],
      notes.replicas && [" Replicas: ", words.visible(notes.replicas), "."],
      notes.groups && [" Groups: ", words.sentence(notes.groups, ...names), "."],
      told.map(([channel, at]) => [" ", name(channel), " was told at ", time(at), "."]),
    ].flat(Infinity).filter(Boolean);
    return {
      key: model.key(alert.alertname, alert.severity, alert.since), tag, severity: alert.severity, rule: alert.alertname,
      link, text: lead || words.sentence(what, ...names), more, since: alert.since, folded: [],
      command: notes.command && command.written(place, notes.command),
      restore: notes.restore && restores(place, notes.restore),
    };
  }

  // Of a logical stream there is one for each of the streams that it stands for.
  const restores = (place, text) => text.split(/; (?=XGROUP )/).map((one) => command.written(place, one));

  function alertItems(view, add) {
    const active = view.alerts.filter(model.isActive);
    const lines = new Map(active.map((alert) => [alert, alertLine(view, alert)]));
    for (const [alert, line] of lines) if (!alert.inhibited_by) add(alert, line);
    for (const [alert, line] of lines) {
      if (!alert.inhibited_by) continue;
      const cause = active.find((other) => model.covers(other, alert));
      if (cause) lines.get(cause).folded.push([alert, line]);
      else add(alert, { ...line, tag: "silenced", more: [`Nobody is told, because of ${alert.inhibited_by}. `, line.more] });
    }
  }

  function targetItems(view, add) {
    const fires = (rule, target) => view.alerts.filter((a) => a.alertname === rule && a.target === target && a.state === "firing");
    for (const target of view.snapshot.targets) {
      const about = { target: target.name };
      const line = (text, more) => ({ key: model.key("target", more && "more"), tag: "error", text, more: [], folded: [] });
      const told = fires("RedisDown", target.name).map((a) => a.annotations.description || "").join("\n");
      const last = target.last_poll;
      const isPolled = last !== null && last !== undefined;
      const isLate = isPolled && api.now() - last > 3 * target.interval_seconds;
      if (!target.up && !(target.error && told.includes(target.error))) {
        const seen = isPolled ? [" Its figures are of ", time(last), ", ", words.age(last), " old."] : " It never was, so far.";
        add(about, line(["It cannot be polled: ", words.visible(target.error || "it is not known why"), ".", seen]));
      } else if (target.up && target.error) {
        add(about, line(["Not everything can be seen: ", words.visible(target.error), "."]));
      }
      if (target.up && isLate && !view.isOld) {
        add(about, line(["Its figures are old: the last poll was at ", time(last), ", ", words.age(last),
          ` ago, and there should be one every ${duration(target.interval_seconds)}.`], true));
      }
      if (target.up && last === null) add(about, line("It has not been polled yet.", true));
      for (const node of target.nodes) {
        if (node.up || told.includes(node.node) || (target.error || "").includes(node.error)) continue;
        add({ target: target.name, node: node.node },
          line(["It does not answer: ", words.visible(node.error || "it is not known why"), "."]));
      }
      if (target.streams_not_sampled > 0 && !fires("StreamsNotSampled", target.name).length) {
        const named = target.names_not_sampled.slice(0, 5);
        const rest = target.streams_not_sampled - named.length;
        add(about, { ...line([`${count(target.streams_not_sampled, "more stream matches", "more streams match")} than max_streams allows`,
          named.length ? ": " : "", named.map((n, i) => [i ? ", " : "", name(n)]),
          named.length && rest > 0 ? ` and ${number(rest)} more` : "", "."]), key: "max_streams" });
      }
      streamErrors(target, add);
    }
  }

  // A server that is down has one sentence, not one for each of its streams.
  function streamErrors(target, add) {
    const byError = new Map();
    for (const stream of target.streams) {
      const node = target.nodes.find((n) => n.node === stream.node);
      if (stream.error && (target.up || !node || node.up)) {
        byError.set(stream.error, [...(byError.get(stream.error) || []), stream.stream]);
      }
    }
    for (const [error, streams] of byError) {
      const about = streams.length === 1 ? { target: target.name, stream: streams[0] } : { target: target.name };
      const named = streams.slice(0, 5).map((s, i) => [i ? ", " : "", name(s)]);
      const rest = streams.length > 5 ? ` and ${number(streams.length - 5)} more` : "";
      add(about, { key: model.key("stream", error), tag: "error", more: [], folded: [], text: streams.length === 1
        ? ["It cannot be sampled: ", words.visible(error), "."]
        : [`${number(streams.length)} streams cannot be sampled (`, named, rest, "): ", words.visible(error), "."] });
    }
  }

  // What the figures say, and no alert does.
  function rowItems(view, add) {
    for (const row of view.rows) {
      const about = { target: row.target, stream: row.stream.stream, group: row.name };
      const line = (what, text, more) => add(about,
        { key: what, tag: what === "error" ? "error" : "no alert", text, more: [], folded: [], ...more });
      if (row.vanished && !row.alerts.some((a) => a.state === "firing" && /^Group(Vanished|Missing)$/.test(a.alertname))) {
        line("gone", "It had consumers, and is gone, although its stream is there.", { since: row.vanished.since,
          restore: row.vanished.restore && restores(row.place, row.vanished.restore) });
      }
      if (!row.group) continue;
      if (row.group.error) line("error", ["Not all of it can be read: ", words.visible(row.group.error), "."]);
      if (row.alerts.length) continue;
      const what = STATUSES.get(row.status);
      const { entries } = row.group.lag;
      if (what) line("status", [`It is ${row.status}: ${what}`, entries === null ? "." : `; ${number(entries)} wait.`]);
      for (const status of ["stale", "stuck"]) {
        const text = consumersSentence(row, status);
        if (text) line(status, text);
      }
    }
  }

  function collect(view) {
    const items = new Map();
    const add = (about, line) => {
      const id = model.key(about.target, about.node, about.stream, about.group);
      const item = items.get(id) || { key: id, about, lines: [] };
      item.lines.push(line);
      items.set(id, item);
    };
    alertItems(view, add);
    targetItems(view, add);
    rowItems(view, add);
    const worst = (line) => ORDER.indexOf(line.tag);
    for (const item of items.values()) {
      item.lines.sort((a, b) => worst(a) - worst(b));
      item.worst = worst(item.lines[0]);
    }
    return [...items.values()].sort((a, b) => a.worst - b.worst);
  }

  function drawLine(view, line) {
    const level = line.tag === "pending" || line.tag === "silenced" ? "quiet" : line.tag.replace(" ", "-");
    return h("li", { key: line.key, class: "line" },
      h("p", { class: "what" },
        h("span", { class: `tag ${level}` }, line.tag), " ", line.text,
        line.since ? [" ", h("span", { class: "since" }, since(line.since))] : null,
        line.rule ? [" ", h("span", { class: "rule" },
          line.link ? h("a", { href: line.link, rel: "noreferrer" }, line.rule, ": what to do") : line.rule)] : null),
      line.more.length ? h("p", { class: "meaning" }, line.more) : null,
      (line.restore || []).map((text) => h("div", { class: "restore" }, h("span", {}, "As it was: "),
        command.show(text, "what puts it back"))),
      line.folded.length ? h("details", { key: "folded" },
        h("summary", {}, `${count(line.folded.length, "more alert")} that this explains`),
        h("ul", {}, line.folded.slice(0, MOST).map(([alert, other]) =>
          h("li", { key: model.key(alert.target, alert.node, alert.stream, alert.group, other.key) },
            subject(view, alert), " ", other.text, " ", h("span", { class: "rule" }, other.rule))))) : null);
  }

  function drawItem(view, item) {
    const commands = [...new Set(item.lines.map((line) => line.command).filter(Boolean))];
    const level = ORDER[item.worst].replace(" ", "-");
    return h("li", { key: item.key, class: `item ${level}` }, h("h3", {}, subject(view, item.about)),
      h("ul", { class: "lines" }, item.lines.map((line) => drawLine(view, line))),
      commands.map((text) => command.show(text, "the command to look by hand")));
  }

  function drawEvent(view, target, event) {
    const entries = event.entries === null ? ""
      : ` (${event.at_least ? "at least " : ""}${count(event.entries, "entry", "entries")})`;
    const about = { target: target.name, stream: event.stream, group: event.group };
    const row = view.byPlace.get(model.key(target.name, event.stream, event.group)) ||
      view.byPlace.get(model.key(target.name, event.stream, null));
    const place = row ? row.place : view.placeOf(target.name, null, event.stream);
    return h("li", { key: model.key(target.name, event.time, event.event, event.stream, event.group) },
      time(event.time), " ", subject(view, about), `: ${EVENTS.get(event.event) || event.event}${entries}.`,
      event.restore ? restores(place, event.restore).map((text) => h("div", { class: "restore" }, h("span", {}, "As it was: "),
        command.show(text, "what puts it back"))) : null);
  }

  function drawEnded(view, alert) {
    const why = ENDS.get(alert.ended_because);
    return h("li", { key: model.key(alert.alertname, alert.severity, alert.target, alert.node, alert.stream, alert.group, alert.since) },
      time(alert.ended_at), " ", subject(view, alert), ` ${alert.alertname} has ended after ${duration(alert.ended_at - alert.since)}`,
      why ? `: ${why}.` : ".");
  }

  function drawLately(view) {
    const events = view.snapshot.targets.flatMap((target) => target.events
      .filter((e) => e.event !== "vanished" || !view.byPlace.has(model.key(target.name, e.stream, e.group, "gone")))
      .map((event) => [target, event])).sort((a, b) => b[1].time - a[1].time);
    const recent = events.filter(([, event]) => api.now() - event.time < RECENTLY);
    const old = events.slice(recent.length);
    const ended = view.alerts.filter((alert) => alert.state === "resolved");
    const list = (all) => h("ul", { class: "plain" }, all.slice(0, MOST).map(([t, e]) => drawEvent(view, t, e)));
    return [
      recent.length ? h("div", { key: "events" }, h("h3", {}, "Happened in the last hour"), list(recent.slice(0, 10)),
        recent.length > 10 ? h("details", {}, h("summary", {}, `${number(recent.length - 10)} more`), list(recent.slice(10))) : null) : null,
      old.length ? h("details", { key: "old" }, h("summary", {}, count(old.length, "older event")), list(old)) : null,
      ended.length ? h("details", { key: "ended" }, h("summary", {}, `${count(ended.length, "alert")} ended lately`),
        h("ul", { class: "plain" }, ended.map((alert) => drawEnded(view, alert)))) : null,
      view.silences.length ? h("details", { key: "silences" }, h("summary", {}, count(view.silences.length, "silence") + " in force"),
        h("ul", { class: "plain" }, view.silences.map((s) =>
          h("li", {}, h("code", {}, words.visible(s.match)), " until ", time(s.ends_at), s.comment ? [": ", words.visible(s.comment)] : null)))) : null,
    ];
  }

  // What the heading says, and the title.
  function headline(view, items) {
    const tally = new Map();
    for (const line of items.flatMap((item) => item.lines)) tally.set(line.tag, (tally.get(line.tag) || 0) + 1);
    const sum = (...tags) => tags.reduce((all, tag) => all + (tally.get(tag) || 0), 0);
    const wrong = sum(...WRONG);
    const critical = sum("critical");
    const pending = sum("pending");
    const rest = [];
    if (pending) rest.push(`${number(pending)} ${wrong ? "more " : ""}pending: not yet for long enough to be an alarm`);
    if (sum("info")) rest.push(`${number(sum("info"))} to be known`);
    if (sum("silenced")) rest.push(`${number(sum("silenced"))} silenced`);
    const tail = rest.length ? `. ${rest.join("; ")}` : "";
    const was = view.isOld;
    if (wrong) {
      const verb = was ? (wrong === 1 ? "was" : "were") : wrong === 1 ? "is" : "are";
      return { wrong, text: `${count(wrong, "thing")} ${verb} wrong${critical ? `, ${number(critical)} critical` : ""}${tail}.` };
    }
    if (view.isUnseen) return { wrong, text: `The alerts cannot be read, and nothing else ${was ? "was" : "is"} wrong${tail}.` };
    return { wrong, text: `Nothing ${was ? "was" : "is"} wrong${pending ? " yet" : ""}${tail}.` };
  }

  function coverage(view) {
    const { targets } = view.snapshot;
    const streams = targets.reduce((sum, t) => sum + t.streams.length, 0);
    const groups = view.rows.filter((row) => row.group).length;
    return `${count(targets.length, "target")}, ${count(streams, "stream")} and ${count(groups, "group")} were looked at`;
  }

  function draw(view) {
    if (!view.snapshot.targets.some((t) => t.last_poll || (t.last_poll === undefined && t.up) || t.error || t.streams.length)) {
      return { title: "not polled yet", heading: "Nothing has been polled yet: weir's first look is under way.", body: [] };
    }
    const items = collect(view);
    const { wrong, text } = headline(view, items);
    const shown = items.slice(0, isAllShown ? MOST : SHOWN);
    const body = [
      h("p", { key: "coverage", class: "meaning" }, `${coverage(view)}, last at `, time(view.snapshot.time), ", ",
        words.age(view.snapshot.time), " ago."),
      shown.length ? h("ul", { key: "items", class: "items" }, shown.map((item) => drawItem(view, item))) : null,
      items.length > shown.length ? h("p", { key: "rest" }, isAllShown
        ? `and ${number(items.length - shown.length)} more, in the table below.`
        : h("button", { type: "button", "data-act": "all" }, `Show ${number(items.length - shown.length)} more`)) : null,
      drawLately(view),
    ];
    return { title: wrong ? `${number(wrong)} wrong` : "nothing wrong", heading: text, body };
  }

  function showAll() {
    isAllShown = true;
  }

  return { draw, showAll, subject, STATUSES };
})();
