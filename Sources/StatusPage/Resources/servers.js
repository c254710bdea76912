// Targets and their nodes, and what a crash of each would lose now.
const SERVERS_SHOWN = 20;
const SERVER_HEADS = ["Server", "State", "Memory", "Last poll", "A crash now would lose"];

function memoryText({ used_bytes: used, max_bytes: most, runway_seconds: runway }) {
  if (used === null) return "unknown";
  const limit = most ? ` of ${bytes(most)} (${Math.floor((used / most) * 100)} %)` : most === 0 && runway === null
    ? ", no limit" : "";
  return bytes(used) + limit + or(runway, (s) => `; full in ${duration(s)}`, "");
}

function drawLosses({ persistence: p, up }) {
  if (!p || !up) return "unknown";
  if (p.aof_enabled) {
    return p.aof_ok === false ? bad("all since its append-only file could not be written any more")
      : "at most about the last second: it has an append-only file, and appendfsync says how much";
  }
  const { changes_since_save: n, last_save_time: saved } = p;
  const save = [" since the ", saved === null ? "last save" : ["save at ", time(saved), ", ", age(saved), " ago"]];
  return [n === 0 ? "nothing: no writes" : n === null ? "unknown: the writes" : h("b", count(n, "write")), save,
    p.last_save_ok === false && bad("; the last attempt to save failed")];
}

function drawServers(view) {
  const isWell = ({ target, node }) => Boolean(target.up && node && node.up);
  const nodesOf = ({ nodes }) => (nodes.length ? nodes : [null]);
  const rows = view.snapshot.targets.flatMap((target) => nodesOf(target).map((node) => ({ target, node })))
    .sort((a, b) => isWell(a) - isWell(b));
  const cells = (target, node) => [
    node && node.up ? [drawStatus("ok"),
      ` ${node.kind || "unknown kind"} ${node.version || ""}, ${node.role || "role unknown"}`,
      or(node.slots, (n) => `, ${count(n, "slot")}`, ""), `, ${count(node.streams, "stream")}`]
      : [drawStatus(node || !target.up ? "error" : "unknown"), " ",
        visible((node || target).error || "nothing is known of it")],
    node ? memoryText(node.memory) : "unknown",
    [target.last_poll ? time(target.last_poll) : target.last_poll === null ? "none yet" : "unknown",
      or(target.interval_seconds, (s) => `, every ${duration(s)}`, "")],
    node ? drawLosses(node) : "unknown"];
  const row = ({ target, node }) => h("tr", { key: keyOf(target.name, node && node.node) },
    h("th", { scope: "row" }, name(target.name), node && node.node !== target.name && muted(" ", name(node.node))),
    cells(target, node).map((cell, i) => h("td", { "data-title": SERVER_HEADS[i + 1] }, cell)));
  const table = (some) => h("table.servers", { "aria-labelledby": "servers-title" },
    h("thead", h("tr", SERVER_HEADS.map((t) => h("th", { scope: "col" }, t)))), h("tbody", some.map(row)));
  return [table(rows.slice(0, SERVERS_SHOWN)), rows.length > SERVERS_SHOWN && h("details",
    h("summary", `${number(rows.length - SERVERS_SHOWN)} more`), table(rows.slice(SERVERS_SHOWN)))];
}
