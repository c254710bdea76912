// The rows that are seen, of however many there are, filtered and in order.
const table = (() => {
  "use strict";
  const { h, byId, patch } = dom;
  const { number, rate, duration, name } = words;
  const { or } = group;
  // Rows beyond each edge of the window, for the keyboard and for fast scrolling.
  const BEYOND = 8;

  const none = () => h("span", { class: "muted", title: "too few samples yet" }, "–");
  const ofGroup = (draw) => (row) => (row.group ? draw(row.group, row) : "");
  const figure = (take) => (row) => (row.group ? take(row.group, row) : null);

  // `of`: what it is ordered by, the largest first, and what is not known last.
  const COLUMNS = [
    { id: "name", title: "Stream / group" },
    { id: "worst", title: "Status", draw: (row) => group.status(row.status) },
    { id: "lag", title: "Lag", isNumber: true, of: figure((g) => g.lag.entries), draw: ofGroup((g) => group.lag(g.lag)) },
    { id: "behind", title: "Behind", isNumber: true, of: figure((g) => g.lag.seconds), draw: ofGroup((g) => or(g.lag.seconds, duration)) },
    { id: "trend", title: "Lag lately", draw: ofGroup((_, row) => sparkline.draw(row)) },
    { id: "in", title: "Added/s", isNumber: true, of: (row) => row.stream.produced_per_second, draw: (row) => or(row.stream.produced_per_second, rate, none()) },
    { id: "out", title: "Delivered/s", isNumber: true, of: figure((g) => g.delivered_per_second), draw: ofGroup((g) => or(g.delivered_per_second, rate, none())) },
    { id: "done", title: "Acked/s", isNumber: true, of: figure((g) => g.acknowledged_per_second), draw: ofGroup((g) => or(g.acknowledged_per_second, rate, none())) },
    { id: "pending", title: "Pending", isNumber: true, of: figure((g) => g.pending.entries), draw: ofGroup((g) => or(g.pending.entries, number)) },
    { id: "idle", title: "Longest idle", isNumber: true, of: figure((g) => g.pending.max_idle_seconds), draw: ofGroup(group.idle) },
    { id: "outlook", title: "Outlook", draw: ofGroup((_, row) => group.outlook(row).map(([isBad, text], i) => [i ? ", " : "", h("span", { class: isBad && "bad" }, text)])) },
    { id: "consumers", title: "Consumers", of: figure((g, row) => row.dead + row.stuck), draw: ofGroup((g, row) => [
      number(g.consumers.length + g.consumers_not_shown), row.dead ? [", ", h("span", { class: "bad" }, `${number(row.dead)} dead`)] : null,
      row.stuck ? [", ", h("span", { class: "bad" }, `${number(row.stuck)} stuck`)] : null]) },
  ];
  const TROUBLED = new Map([["dead consumers", (row) => row.dead > 0], ["stuck consumers", (row) => row.stuck > 0]]);

  let all = [];
  let shown = [];
  let isMany = false;
  let positions = new Map();
  // What the fragment of the address says, so that a view can be shared.
  const view = { text: "", statuses: new Set(), order: "worst", isReversed: false };
  const open = new Set();
  const heights = new Map();
  let rowHeight = 34;
  let frame = 0;

  function read() {
    const parts = new URLSearchParams(location.hash.slice(1));
    if (location.hash.length > 1 && !location.hash.includes("=")) return;
    const [order, way] = (parts.get("sort") || "worst").split(":");
    view.text = parts.get("q") || "";
    view.statuses = new Set((parts.get("status") || "").split(",").filter(Boolean));
    view.order = COLUMNS.some((c) => c.id === order) ? order : "worst";
    view.isReversed = way === "reversed";
    byId("filter").value = view.text;
  }

  function write() {
    const parts = new URLSearchParams();
    if (view.text) parts.set("q", view.text);
    if (view.statuses.size) parts.set("status", [...view.statuses].join(","));
    if (view.order !== "worst" || view.isReversed) parts.set("sort", view.order + (view.isReversed ? ":reversed" : ""));
    history.replaceState(null, "", location.pathname + location.search + (parts.size ? `#${parts}` : ""));
  }

  function matchesName(row) {
    if (!view.text) return true;
    const wanted = view.text.toLowerCase();
    const names = [row.target, row.stream.stream, row.name || "", `${row.stream.stream} / ${row.name}`,
      ...(row.group ? row.group.consumers.map((c) => c.consumer) : [])];
    return names.some((n) => n.toLowerCase().includes(wanted));
  }

  const hasStatus = (row, status) => (TROUBLED.has(status) ? TROUBLED.get(status)(row) : row.status === status);

  // Steady: what is about as bad stays where it is, however its figures move.
  const magnitude = (row) => Math.floor(Math.log2(((row.group && row.group.lag.entries) || 0) + 1) / 2);

  function order(rows) {
    const column = COLUMNS.find((c) => c.id === view.order);
    const of = column.id === "worst" ? (row) => row.rank * 100 + magnitude(row) : column.of;
    if (of) {
      const values = new Map(rows.map((row) => [row, of(row)]));
      const way = view.isReversed ? -1 : 1;
      const value = (row) => values.get(row) ?? -Infinity * way;
      rows.sort((a, b) => (value(b) === value(a) ? 0 : (value(b) - value(a)) * way));
    } else if (view.isReversed) {
      rows.reverse();
    }
    return rows;
  }

  function arrange() {
    const named = all.filter(matchesName);
    shown = order(named.filter((row) => !view.statuses.size || [...view.statuses].some((s) => hasStatus(row, s))));
    positions = new Map(shown.map((row, i) => [row.key, i]));
    drawControls(named);
    drawRows();
  }

  function drawControls(named) {
    const tally = new Map([...view.statuses].map((s) => [s, 0]));
    for (const row of [...named].sort((a, b) => b.rank - a.rank)) {
      tally.set(row.status, (tally.get(row.status) || 0) + 1);
      for (const [status, has] of TROUBLED) if (has(row)) tally.set(status, (tally.get(status) || 0) + 1);
    }
    patch(byId("statuses"), [...tally].map(([status, n]) => h("button",
      { key: status, type: "button", "data-act": "status", "data-status": status, "aria-pressed": String(view.statuses.has(status)) },
      `${status} ${number(n)}`)));
    const total = number(all.length);
    patch(byId("count"), shown.length === all.length ? `${total} in all` : `${number(shown.length)} of ${total}`);
    patch(byId("heads"), COLUMNS.map((c) => h("th", { key: c.id, scope: "col", role: "columnheader", class: c.id + (c.isNumber ? " number" : ""),
      "aria-sort": c.id !== view.order ? null : c.id === "name" !== view.isReversed ? "ascending" : "descending" },
    c.of || c.id === "name" || c.id === "worst" ? h("button", { type: "button", "data-act": "sort", "data-column": c.id }, c.title) : c.title)));
    patch(byId("order"), COLUMNS.filter((c) => c.of || c.id === "name" || c.id === "worst").map((c) =>
      h("option", { key: c.id, value: c.id }, c.id === "worst" ? "worst first" : c.title.toLowerCase())));
    byId("order").value = view.order;
    byId("none").hidden = shown.length > 0 || !all.length;
    byId("table").hidden = !shown.length;
  }

  // The open rows in order, by where the part below each begins.
  function openings() {
    let extra = 0;
    return [...open].map((key) => positions.get(key)).filter((i) => i !== undefined).sort((a, b) => a - b).map((index) => {
      const height = heights.get(shown[index].key) || 300;
      const opening = { index, top: (index + 1) * rowHeight + extra, height };
      extra += height;
      return opening;
    });
  }

  function offset(index, opened) {
    return opened.reduce((sum, o) => (o.index < index ? sum + o.height : sum), index * rowHeight);
  }

  function indexAt(y, opened) {
    let extra = 0;
    for (const o of opened) {
      if (y < o.top) break;
      if (y < o.top + o.height) return o.index;
      extra += o.height;
    }
    return Math.floor((y - extra) / rowHeight);
  }

  // Also the rows that have the focus or the selection, wherever they are.
  function indices(opened) {
    const top = -byId("rows").getBoundingClientRect().top;
    const end = shown.length - 1;
    const first = Math.min(Math.max(0, indexAt(top, opened) - BEYOND), Math.max(0, end - BEYOND));
    const last = Math.min(end, Math.max(first + BEYOND, indexAt(top + innerHeight, opened) + BEYOND));
    const found = new Set();
    for (let i = first; i <= last; i += 1) found.add(i);
    const selection = getSelection();
    for (const node of [document.activeElement, selection.isCollapsed ? null : selection.anchorNode]) {
      const element = node && (node.closest ? node : node.parentElement);
      const held = element && element.closest("tr[data-row]");
      const index = held ? positions.get(held.dataset.row) : undefined;
      if (index !== undefined) found.add(index);
    }
    return [...found].sort((a, b) => a - b);
  }

  // Rules, as the policy of the page allows no style in elements.
  const gaps = [];
  function gap(number, height) {
    const sheet = document.styleSheets[0];
    while (gaps.length <= number) {
      gaps.push(sheet.cssRules[sheet.insertRule(`#rows .gap-${gaps.length}{height:0}`, sheet.cssRules.length)]);
    }
    const value = `${height}px`;
    if (gaps[number].style.height !== value) gaps[number].style.height = value;
    return h("tr", { key: `gap-${number}`, class: `gap gap-${number}`, "aria-hidden": "true" }, h("td", { colspan: COLUMNS.length }));
  }

  function drawRow(row, index, before) {
    const isOpen = open.has(row.key);
    const id = `more-${index}`;
    const { stream } = row.stream;
    const place = [isMany ? [h("span", { class: "muted" }, name(row.target)), " "] : null, name(stream),
      row.name === null ? null : [" / ", name(row.name)], row.stream.db === "db0" ? null : h("span", { class: "muted" }, ` ${row.stream.db}`)];
    const title = words.flat(`${stream}${row.name === null ? "" : ` / ${row.name}`}`);
    const cells = COLUMNS.slice(1).map((c) => {
      const content = c.draw(row);
      return h("td", { role: "cell", class: c.id + (c.isNumber ? " number" : "") + (content === "unknown" ? " muted" : ""), "data-title": c.title }, content);
    });
    return [
      h("tr", { key: row.key, role: "row", class: "row", "data-row": row.key, "aria-rowindex": index + before + 2 },
        h("th", { scope: "row", role: "rowheader", class: "name" },
          h("button", { type: "button", "data-act": "open", "aria-expanded": String(isOpen), "aria-controls": isOpen ? id : null, title }, place)),
        cells),
      isOpen ? h("tr", { key: row.key + "\u0000more", id, role: "row", class: "opened", "data-row": row.key, "aria-rowindex": index + before + 3 },
        h("td", { colspan: COLUMNS.length, role: "cell" }, group.draw(row))) : null,
    ];
  }

  const observer = new ResizeObserver((entries) => {
    let hasChanged = false;
    for (const { target } of entries) {
      const height = target.isConnected ? target.getBoundingClientRect().height : 0;
      if (!height || Math.abs((heights.get(target.dataset.row) || 0) - height) < 0.5) continue;
      heights.set(target.dataset.row, height);
      hasChanged = true;
    }
    if (hasChanged) drawRows();
  });

  function drawRows() {
    const opened = openings();
    let y = 0;
    let gapCount = 0;
    const drawn = [];
    for (const index of indices(opened)) {
      const top = offset(index, opened);
      if (top > y + 0.5) drawn.push(gap(gapCount++, top - y));
      const before = opened.filter((o) => o.index < index).length;
      drawn.push(drawRow(shown[index], index, before));
      y = offset(index + 1, opened);
    }
    const end = offset(shown.length, opened);
    if (end > y + 0.5) drawn.push(gap(gapCount++, end - y));
    byId("table").setAttribute("aria-rowcount", shown.length + opened.length + 1);
    patch(byId("rows"), drawn);
    observer.disconnect();
    for (const tr of document.querySelectorAll("tr.opened")) observer.observe(tr);
    // The height is the style sheet's, in the reader's own size of letters.
    const row = document.querySelector("tr.row");
    const height = row ? row.getBoundingClientRect().height : 0;
    if (height && Math.abs(height - rowHeight) > 0.05) {
      rowHeight = height;
      drawRows();
    }
  }

  function soon() {
    if (!frame) frame = requestAnimationFrame(() => {
      frame = 0;
      if (shown.length) drawRows();
    });
  }

  // Brings a row into view and gives it the focus.
  function focus(index) {
    const row = shown[Math.min(shown.length - 1, Math.max(0, index))];
    if (!row) return;
    const at = positions.get(row.key);
    const top = byId("rows").getBoundingClientRect().top + offset(at, openings());
    if (top < 80 || top + rowHeight > innerHeight) scrollBy(0, top - innerHeight / 3);
    drawRows();
    const element = [...document.querySelectorAll("tr.row")].find((tr) => tr.dataset.row === row.key);
    if (element) element.querySelector("button").focus({ preventScroll: true });
  }

  function toggle(key) {
    if (!open.delete(key)) open.add(key);
    drawRows();
  }

  // From what is wrong to its row, which the filter may hide.
  function reveal(key) {
    if (!positions.has(key)) clear();
    open.add(key);
    drawRows();
    focus(positions.get(key));
  }

  function change(what) {
    Object.assign(view, what);
    write();
    arrange();
  }

  const clear = () => {
    change({ text: "", statuses: new Set() });
    byId("filter").value = "";
  };

  function sort(column) {
    change({ order: column, isReversed: view.order === column && column !== "worst" && !view.isReversed });
  }

  function toggleStatus(status) {
    const statuses = new Set(view.statuses);
    if (!statuses.delete(status)) statuses.add(status);
    change({ statuses });
  }

  function move(event) {
    const held = event.target.closest && event.target.closest("tr.row");
    if (!held || event.altKey || event.ctrlKey || event.metaKey) return;
    const at = positions.get(held.dataset.row);
    const page = Math.max(1, Math.floor(innerHeight / rowHeight) - 3);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: shown.length - 1, PageDown: at + page, PageUp: at - page }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    focus(to);
  }

  function update(rows, hasManyTargets) {
    all = rows;
    isMany = hasManyTargets;
    const keys = new Set(rows.map((row) => row.key));
    for (const key of open) if (!keys.has(key)) open.delete(key);
    for (const key of heights.keys()) if (!keys.has(key)) heights.delete(key);
    arrange();
  }

  function start() {
    read();
    addEventListener("hashchange", () => {
      read();
      arrange();
    });
    addEventListener("scroll", soon, { passive: true });
    addEventListener("resize", soon);
    byId("rows").addEventListener("keydown", move);
    byId("filter").addEventListener("input", (event) => change({ text: event.target.value }));
    byId("order").addEventListener("change", (event) => change({ order: event.target.value, isReversed: false }));
  }

  return { start, update, toggle, toggleStatus, sort, clear, reveal, soon };
})();
