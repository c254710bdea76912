// What weir says, as rows, and by what it is about.

// Names have no NUL: in the API it is \x00.
const keyOf = (...parts) => parts.map((part) => part ?? "").join("\u0000");

// How bad each status is.
const RANKS = new Map([["losing", 90], ["gone", 88], ["stopped", 85], ["stalled", 80], ["error", 75], ["lagging", 55],
  ["unknown", 20], ["abandoned", 15], ["ok", 10], ["no group", 5], ["critical", 100], ["warning", 70], ["info", 12]]);

const isActive = (alert) => alert.state !== "resolved";

function rankOf(row) {
  const alerts = row.alerts.filter((a) => !a.silenced && !a.inhibited_by);
  return Math.max(RANKS.get(row.status) ?? 30, row.dead || row.stuck ? 60 : 0, row.group && row.group.error ? 50 : 0,
    ...alerts.map((a) => (a.state === "pending" ? 40 : RANKS.get(a.severity) ?? 0)));
}

// A row for each group, each that is gone, and each stream that has neither.
function rowsOf(snapshot, alerts) {
  const places = Map.groupBy(alerts.filter(isActive), (a) => keyOf(a.target, a.stream, a.group));
  const rows = new Map();
  const add = (target, stream, group, status, vanished = null) => {
    const name = group ? group.group : vanished && vanished.group;
    let key = keyOf(target.name, stream.db, stream.stream, name, vanished && "gone");
    if (rows.has(key)) key = keyOf(key, stream.node, rows.size);
    const node = target.nodes.find((n) => n.node === stream.node);
    const having = (status) => (group ? group.consumers.filter((c) => c.status === status).length : 0);
    const row = { key, target: target.name, stream, group, vanished, name, status, dead: having("stale"),
      stuck: having("stuck"),
      place: { node: stream.node, db: stream.db, isCluster: Boolean(node && node.slots !== null) },
      at: (target.last_poll || snapshot.time) - (stream.sample_age_seconds || 0),
      alerts: places.get(keyOf(target.name, stream.stream, name)) || [] };
    rows.set(key, { ...row, rank: rankOf(row) });
  };
  for (const target of snapshot.targets) {
    for (const stream of target.streams) {
      for (const group of stream.groups) add(target, stream, group, group.status);
      for (const vanished of stream.vanished_groups) add(target, stream, null, "gone", vanished);
      if (stream.groups.length + stream.vanished_groups.length === 0) add(target, stream, null,
        stream.error ? "error" : "no group");
    }
  }
  return [...rows.values()];
}

// What is drawn from: `row` finds one by what it is about, `place` says where a command about it goes.
function look({ snapshot, alerts, actions, refused, gone }) {
  const rows = rowsOf(snapshot, alerts ? alerts.alerts : []);
  const byPlace = new Map(rows.map((row) => [keyOf(row.target, row.stream.stream, row.name), row]));
  const row = ({ target, stream, group }) => byPlace.get(keyOf(target, stream, group));
  const place = (about) => {
    const { streams, nodes } = snapshot.targets.find((t) => t.name === about.target) || { streams: [], nodes: [] };
    const { node, db = "db0" } = streams.find((s) => s.stream === about.stream)
      || nodes.find((n) => !about.node || n.node === about.node) || {};
    return node && { node, db, isCluster: nodes.some((n) => n.node === node && n.slots !== null) };
  };
  return { snapshot, rows, row, place, alerts: alerts ? alerts.alerts : [], actions,
    isMany: snapshot.targets.length > 1, isUnseen: refused.alerts !== undefined, isOld: Boolean(gone) || isStale() };
}

// "shop: orders / billing", and a way to its row where it has one.
function drawSubject(view, about) {
  const own = or(about.stream, (stream) => [name(stream), or(about.group, (group) => [" / ", name(group)], "")],
    or(about.node, name, null));
  const parts = [(view.isMany || !own) && [name(about.target), own && ": "], own];
  const row = view.row(about);
  return row ? button("reveal", { class: "subject", "data-row": row.key }, parts) : h("span.subject", parts);
}
