// Targets and their nodes, and what a crash of each would lose now.
const servers = (() => {
  "use strict";
  const { h } = dom;
  const { number, count, name, time, age, duration, bytes } = words;
  const SHOWN = 20;
  const HEADS = ["Server", "State", "Memory", "Last poll", "A crash now would lose"];

  function memory({ used_bytes: used, max_bytes: most, runway_seconds: runway }) {
    if (used === null) return "unknown";
    const limit = most === null ? "" : most === 0 ? (runway === null ? ", no limit" : ", no limit of its own") : ` of ${bytes(most)} (${Math.floor((used / most) * 100)} %)`;
    return `${bytes(used)}${limit}${runway === null ? "" : `; full in ${duration(runway)}`}`;
  }

  function losses({ persistence: p, up }) {
    if (!p || !up || (p.aof_enabled === null && p.changes_since_save === null)) return "unknown";
    if (p.aof_enabled) {
      return p.aof_ok === false ? h("span", { class: "bad" }, "whatever was written since its append-only file failed")
        : "at most about the last second, as appendfsync says: it writes an append-only file";
    }
    const { changes_since_save: n, last_save_time: saved } = p;
    const failed = p.last_save_ok === false ? h("span", { class: "bad" }, "; the last attempt to save failed") : null;
    const save = saved === null ? " since the last save" : [" since the save at ", time(saved), ", ", age(saved), " ago"];
    if (n === null) return ["unknown: what was written", save, failed];
    return n === 0 ? ["nothing: no writes", save, failed] : [h("b", {}, count(n, "write")), save, failed];
  }

  function state(node) {
    if (!node.up) return [group.status("error"), " ", words.visible(node.error || "does not answer")];
    const slots = node.slots === null ? "" : `, ${count(node.slots, "slot")}`;
    return [group.status("ok"), ` ${node.kind || "unknown kind"} ${node.version || ""}, ${node.role || "role unknown"}${slots}, ${count(node.streams, "stream")}`];
  }

  function draw(view) {
    const rows = view.snapshot.targets.flatMap((target) =>
      (target.nodes.length ? target.nodes : [null]).map((node) => ({ target, node })));
    rows.sort((a, b) => (a.target.up && a.node && a.node.up ? 1 : 0) - (b.target.up && b.node && b.node.up ? 1 : 0));
    const drawRow = ({ target, node }) => {
      const last = target.last_poll;
      const polled = last ? [time(last), target.interval_seconds ? `, every ${duration(target.interval_seconds)}` : ""] : last === null ? "never yet" : "unknown";
      const cells = node ? [state(node), memory(node.memory), polled, losses(node)]
        : [[group.status(target.up ? "unknown" : "error"), " ", words.visible(target.error || "no server is known")], "unknown", polled, "unknown"];
      return h("tr", { key: model.key(target.name, node && node.node), role: "row" },
        h("th", { scope: "row", role: "rowheader" }, name(target.name), node && node.node !== target.name ? [" ", h("span", { class: "muted" }, name(node.node))] : null),
        cells.map((cell, i) => h("td", { role: "cell", "data-title": HEADS[i + 1] }, cell)));
    };
    const drawTable = (some, key) => h("table", { key, role: "table", class: "servers", "aria-labelledby": "servers-title" },
      h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, HEADS.map((t) => h("th", { scope: "col", role: "columnheader" }, t)))),
      h("tbody", { role: "rowgroup" }, some.map(drawRow)));
    return [drawTable(rows.slice(0, SHOWN), "first"), rows.length > SHOWN ? h("details", { key: "rest" },
      h("summary", {}, `${number(rows.length - SHOWN)} more servers`), drawTable(rows.slice(SHOWN), "rest")) : null];
  }

  return { draw };
})();
