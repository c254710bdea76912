// The three documents as rows and alerts, by what they are about.
const model = (() => {
  "use strict";

  // Names have no NUL: in the API it is \x00.
  const key = (...parts) => parts.map((p) => (p === null || p === undefined ? "" : p)).join("\u0000");

  // How bad each status is: what is worse comes first.
  const STATUS_RANKS = new Map([
    ["losing", 90], ["gone", 88], ["stopped", 85], ["stalled", 80], ["error", 75], ["lagging", 55], ["unknown", 20],
    ["abandoned", 15], ["ok", 10], ["no group", 5],
  ]);
  const SEVERITY_RANKS = new Map([["critical", 100], ["warning", 70], ["info", 12]]);

  const isActive = (alert) => alert.state === "firing" || alert.state === "pending";

  // Alerts in force, by target, stream and group.
  function alertsByPlace(alerts) {
    const places = new Map();
    for (const alert of alerts) {
      if (!isActive(alert)) continue;
      const place = key(alert.target, alert.stream, alert.group);
      places.set(place, [...(places.get(place) || []), alert]);
    }
    return places;
  }

  function rank(row) {
    let worst = STATUS_RANKS.get(row.status) || 30;
    if (row.dead || row.stuck) worst = Math.max(worst, 60);
    if (row.group && row.group.error) worst = Math.max(worst, 50);
    for (const alert of row.alerts) {
      if (alert.silenced || alert.inhibited_by) continue;
      worst = Math.max(worst, alert.state === "pending" ? 40 : SEVERITY_RANKS.get(alert.severity) || 0);
    }
    return worst;
  }

  // A row for each group, each that is gone, and each stream that has neither.
  function rows(snapshot, alerts) {
    const places = alertsByPlace(alerts);
    const keys = new Set();
    const all = [];
    const add = (target, clusters, stream, group, status, vanished) => {
      const name = group ? group.group : vanished ? vanished.group : null;
      let id = key(target.name, stream.db, stream.stream, name, vanished ? "gone" : "");
      if (keys.has(id)) id = key(id, stream.node, all.length);
      keys.add(id);
      const consumers = group ? group.consumers : [];
      const row = {
        key: id, target: target.name, stream, group, vanished, name, status,
        place: { node: stream.node, db: stream.db, isCluster: clusters.has(stream.node) },
        at: (target.last_poll || snapshot.time) - (stream.sample_age_seconds || 0),
        dead: consumers.filter((c) => c.status === "stale").length,
        stuck: consumers.filter((c) => c.status === "stuck").length,
        alerts: places.get(key(target.name, stream.stream, name)) || [],
      };
      row.rank = rank(row);
      all.push(row);
    };
    for (const target of snapshot.targets) {
      const clusters = new Set(target.nodes.filter((n) => n.slots !== null).map((n) => n.node));
      for (const stream of target.streams) {
        for (const group of stream.groups) add(target, clusters, stream, group, group.status, null);
        for (const gone of stream.vanished_groups) add(target, clusters, stream, null, "gone", gone);
        if (stream.groups.length + stream.vanished_groups.length) continue;
        add(target, clusters, stream, null, stream.error ? "error" : "no group", null);
      }
    }
    return all;
  }

  // Whether one alert keeps another quiet by what it is about.
  function covers(cause, alert) {
    return cause.alertname === alert.inhibited_by && cause.target === alert.target && cause !== alert &&
      cause.state === "firing" && !cause.inhibited_by &&
      [["node", cause.stream === null], ["stream", true], ["group", true]]
        .every(([at, counts]) => cause[at] === null || !counts || cause[at] === alert[at] || alert[at] === null);
  }

  return { key, rows, isActive, covers };
})();
