// The rows that are seen, of however many there are, filtered and in order.

// Rows beyond each edge of the window, for the keyboard and for fast scrolling.
const BEYOND = 8;
// Of a group: what it is ordered by, the largest first, and what is not known last; and what its cell says.
const COLUMNS = [
  { id: "name", title: "Stream / group", of: () => 0 },
  { id: "worst", title: "Status", of: () => 0 },
  { id: "lag", title: "Lag", of: (g) => g.lag.entries, draw: (g) => lagText(g.lag) },
  { id: "behind", title: "Behind", of: (g) => g.lag.seconds, draw: (g) => or(g.lag.seconds, duration) },
  { id: "trend", title: "Lag lately", draw: (g, row) => drawSparkline(row) },
  { id: "rates", title: "In → read → acked/s", of: (g) => g.delivered_per_second, draw: (g, row) =>
    [row.stream.produced_per_second, " → ", g.delivered_per_second, " → ", g.acknowledged_per_second]
      .map((part) => (typeof part === "string" ? part : or(part, rate, few()))) },
  { id: "pending", title: "Pending", of: (g) => g.pending.entries, draw: (g) => or(g.pending.entries, number) },
  { id: "idle", title: "Longest idle", of: (g) => g.pending.max_idle_seconds,
    draw: (g) => seen(g.pending, g.pending.max_idle_seconds, duration) },
  { id: "outlook", title: "Outlook", draw: drawOutlook },
  { id: "consumers", title: "Consumers", of: (g, row) => row.dead + row.stuck, draw: (g, { dead, stuck }) => [
    number(g.consumers.length + g.consumers_not_shown), dead > 0 && [", ", bad(`${number(dead)} dead`)],
    stuck > 0 && [", ", bad(`${number(stuck)} stuck`)]] }];

// Beside the statuses of groups.
const TROUBLED = new Map([["dead consumers", "dead"], ["stuck consumers", "stuck"]]);
const hasStatus = (row, status) => (TROUBLED.has(status) ? row[TROUBLED.get(status)] > 0 : row.status === status);

let all = [];
let shown = [];
let isMany = false;
let positions = new Map();
// What the fragment of the address says, so that a view can be shared.
const filter = { text: "", statuses: new Set(), order: "worst", isReversed: false };
const open = new Set();
const heights = new Map();
let rowHeight = 34;
let frame = 0;

function readFragment() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const [order, way] = (parts.get("sort") || "").split(":");
  const statuses = (parts.get("status") || "").split(",").filter(Boolean);
  Object.assign(filter, { text: parts.get("q") || "", statuses: new Set(statuses),
    order: COLUMNS.some((c) => c.of && c.id === order) ? order : "worst", isReversed: way === "reversed" });
  byId("filter").value = filter.text;
}

function writeFragment() {
  const parts = new URLSearchParams();
  if (filter.text) parts.set("q", filter.text);
  if (filter.statuses.size) parts.set("status", [...filter.statuses].join(","));
  const sort = filter.order + (filter.isReversed ? ":reversed" : "");
  if (sort !== "worst") parts.set("sort", sort);
  history.replaceState(null, "", `${location.pathname}${location.search}${parts.size ? "#" : ""}${parts}`);
}

// Also by its target, its consumers, and as it is written here.
function isNamed(row, text) {
  const consumers = row.group ? row.group.consumers.map((c) => c.consumer) : [];
  const names = [`${row.target}: ${row.stream.stream} / ${row.name ?? ""}`, ...consumers];
  return names.some((n) => n.toLowerCase().includes(text));
}

// In steps: what is about as bad stays where it is, however its figures move.
const magnitude = (row) => (row.group ? Math.floor(Math.log2((row.group.lag.entries || 0) + 1) / 2) : 0);

function inOrder(rows) {
  const { id, of } = COLUMNS.find((c) => c.id === filter.order);
  const way = filter.isReversed ? -1 : 1;
  if (id === "name") return filter.isReversed ? rows.reverse() : rows;
  const value = (row) => (id === "worst" ? row.rank * 100 + magnitude(row) : row.group && of(row.group, row));
  const values = new Map(rows.map((row) => [row, (value(row) ?? -Infinity * way) * way]));
  return rows.sort((a, b) => (values.get(a) === values.get(b) ? 0 : values.get(b) - values.get(a)));
}

function arrange() {
  const text = filter.text.toLowerCase();
  const named = text ? all.filter((row) => isNamed(row, text)) : all;
  const statuses = [...filter.statuses];
  shown = inOrder(named.filter((row) => !statuses.length || statuses.some((s) => hasStatus(row, s))));
  positions = new Map(shown.map((row, i) => [row.key, i]));
  drawControls(named);
  drawRows();
}

function drawControls(rows) {
  const statuses = [...new Set([...RANKS.keys(), ...rows.map((row) => row.status), ...TROUBLED.keys(),
    ...filter.statuses])];
  patch(byId("statuses"), statuses.map((status) => {
    const n = rows.filter((row) => hasStatus(row, status)).length;
    const isOn = filter.statuses.has(status);
    return (n || isOn) && button("status", { key: status, "data-status": status, "aria-pressed": `${isOn}` },
      `${status} ${number(n)}`);
  }));
  patch(byId("count"), shown.length === all.length ? `${number(all.length)} in all`
    : `${number(shown.length)} of ${number(all.length)}`);
  patch(byId("heads"), COLUMNS.map(({ id, title, of }) => h(`th.${id}`,
    { key: id, scope: "col", "aria-sort": id !== filter.order ? null : (id === "name") === filter.isReversed
      ? "descending" : "ascending" },
    of ? button("sort", { "data-column": id }, title) : title)));
  patch(byId("order"), COLUMNS.filter((c) => c.of).map(({ id, title }) => h("option", { key: id, value: id },
    id === "worst" ? "worst first" : title)));
  byId("order").value = filter.order;
  byId("none").hidden = shown.length > 0;
  byId("table").hidden = shown.length === 0;
}

// Where the row of an index begins, by what is open before it: `opened` are the indices of open rows.
const topOf = (index, opened) => opened.reduce((sum, i) => sum + (i < index ? heights.get(shown[i].key) ?? 300 : 0),
  index * rowHeight);

function indexAt(y, opened) {
  let [low, high] = [0, shown.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (topOf(middle, opened) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}

// Also the rows that have the focus or the selection, wherever they are.
function indicesToDraw(opened) {
  const top = -byId("rows").getBoundingClientRect().top;
  const found = new Set();
  for (const pin of pins()) {
    const held = (pin.closest ? pin : pin.parentElement).closest("[data-row]");
    if (held && positions.has(held.dataset.row)) found.add(positions.get(held.dataset.row));
  }
  const last = Math.min(shown.length - 1, indexAt(top + innerHeight, opened) + BEYOND);
  for (let i = Math.max(0, indexAt(top, opened) - BEYOND); i <= last; i += 1) found.add(i);
  return [...found].sort((a, b) => a - b);
}

// Heights are rules of the sheet: the page's policy allows no style in elements.
const gapRules = [];
function drawGap(n, height) {
  const sheet = document.styleSheets[0];
  gapRules[n] ??= sheet.cssRules[sheet.insertRule(`#rows .gap-${n}{}`, sheet.cssRules.length)];
  gapRules[n].style.height = `${height}px`;
  return h(`tr.gap.gap-${n}`, { key: `gap ${n}`, "aria-hidden": "true" }, h("td", { colspan: COLUMNS.length }));
}

function drawRow(row, at) {
  const isOpen = open.has(row.key);
  const { stream, db } = row.stream;
  const title = [isMany && [muted(name(row.target)), " "], name(stream), row.name !== null && [" / ", name(row.name)],
    db !== "db0" && muted(" ", db)];
  return [
    h("tr.row", { key: row.key, "data-row": row.key, "aria-rowindex": at },
      h("th.name", { scope: "row" }, button("open", { "aria-expanded": `${isOpen}` }, title)),
      h("td.worst", { "data-title": "Status" }, drawStatus(row.status)),
      COLUMNS.slice(2).map(({ id, title, draw }) => h(`td.${id}`, { "data-title": title },
        row.group && draw(row.group, row)))),
    isOpen && h("tr.opened", { key: keyOf(row.key, "more"), "data-row": row.key, "aria-rowindex": at + 1 },
      h("td", { colspan: COLUMNS.length }, drawMore(row)))];
}

const observer = new ResizeObserver((seen) => {
  const changed = seen.filter(({ target }) => target.isConnected
    && heights.get(target.dataset.row) !== target.offsetHeight);
  for (const { target } of changed) heights.set(target.dataset.row, target.offsetHeight);
  if (changed.length) drawRows();
});

const openIndices = () => [...open].map((key) => positions.get(key)).filter((i) => i !== undefined);

function drawRows() {
  const opened = openIndices();
  const drawn = [];
  let y = 0;
  let gaps = 0;
  for (const index of [...indicesToDraw(opened), shown.length]) {
    const top = topOf(index, opened);
    if (top > y) drawn.push(drawGap(gaps++, top - y));
    if (index < shown.length) drawn.push(drawRow(shown[index], index + 2 + opened.filter((i) => i < index).length));
    y = topOf(index + 1, opened);
  }
  byId("table").setAttribute("aria-rowcount", shown.length + opened.length + 1);
  patch(byId("rows"), shown.length ? drawn : []);
  observer.disconnect();
  for (const element of document.querySelectorAll(".opened")) observer.observe(element);
  // The height of a row is the style sheet's, in the reader's own size of letters.
  const row = document.querySelector(".row");
  if (row && row.offsetHeight && row.offsetHeight !== rowHeight) {
    rowHeight = row.offsetHeight;
    drawRows();
  }
}

function drawSoon() {
  frame ||= requestAnimationFrame(() => {
    frame = 0;
    drawRows();
  });
}

// Brings a row into view and gives it the focus.
function focusRow(index) {
  const row = shown[Math.min(shown.length - 1, Math.max(0, index))];
  const top = byId("rows").getBoundingClientRect().top + topOf(positions.get(row.key), openIndices());
  if (top < 80 || top + rowHeight > innerHeight) scrollBy(0, top - innerHeight / 3);
  drawRows();
  const element = [...document.querySelectorAll(".row")].find((tr) => tr.dataset.row === row.key);
  element.querySelector("button").focus({ preventScroll: true });
}

function change(what) {
  Object.assign(filter, what);
  writeFragment();
  arrange();
}

const showAllRows = () => {
  byId("filter").value = "";
  change({ text: "", statuses: new Set() });
};

function toggle(set, item) {
  if (!set.delete(item)) set.add(item);
  return set;
}

// From what is wrong to its row, which the filter may hide.
function reveal(key) {
  if (!positions.has(key)) showAllRows();
  open.add(key);
  focusRow(positions.get(key));
}

function moveByKey(event) {
  const held = event.target.closest(".row");
  if (!held || event.altKey || event.ctrlKey || event.metaKey) return;
  const at = positions.get(held.dataset.row);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: shown.length }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  focusRow(to);
}

function showRows(rows, hasManyTargets) {
  all = rows;
  isMany = hasManyTargets;
  const keys = new Set(rows.map((row) => row.key));
  for (const key of open) if (!keys.has(key)) open.delete(key);
  arrange();
}
