// Puts the parts together whenever weir has said something.
(() => {
  "use strict";
  const { h, byId, patch } = dom;
  let said = 0;

  // For eyes and screen readers alike, and then gone.
  function say(text) {
    clearTimeout(said);
    patch(byId("said"), text);
    said = setTimeout(() => patch(byId("said")), 5000);
  }

  function look({ snapshot, alerts, actions, refused, gone }) {
    const list = alerts ? alerts.alerts : [];
    const rows = model.rows(snapshot, list);
    const byPlace = new Map();
    for (const row of rows) {
      byPlace.set(model.key(row.target, row.stream.stream, row.name), row);
      if (row.vanished) byPlace.set(model.key(row.target, row.stream.stream, row.name, "gone"), row);
    }
    // Where a command goes that is about no row: to the node, the one that has the stream, or any.
    const placeOf = (name, node, stream) => {
      const target = snapshot.targets.find((t) => t.name === name);
      if (!target) return null;
      const found = target.streams.find((s) => s.stream === stream);
      const at = node || (found && found.node) || (target.nodes[0] && target.nodes[0].node);
      const cluster = target.nodes.find((n) => n.node === at);
      return at ? { node: at, db: found ? found.db : "db0", isCluster: Boolean(cluster && cluster.slots !== null) } : null;
    };
    const isStale = api.now() - snapshot.time > 3 * api.interval();
    return { snapshot, rows, byPlace, placeOf, alerts: list, silences: alerts ? alerts.silences : [], actions, gone,
      isMany: snapshot.targets.length > 1, isUnseen: refused.has("alerts"), isStale, isOld: isStale || Boolean(gone) };
  }

  function banner(state, isStale) {
    const { gone, snapshot } = state;
    if (gone) {
      return ["weir does not answer since ", words.time(gone.since), `: ${gone.why}. `,
        snapshot ? ["The figures are of ", words.time(snapshot.time), ". "] : null, "It is asked again and again."];
    }
    if (!isStale) return null;
    return ["The figures are old: weir answers, but they are of ", words.time(snapshot.time), "."];
  }

  let previous = null;
  function render(state) {
    const start = performance.now();
    const focused = document.activeElement;
    const { snapshot } = state;
    const view = snapshot && look(state);
    patch(byId("banner"), banner(state, view && view.isStale));
    document.body.classList.toggle("old", Boolean(state.gone || (view && view.isOld)));
    if (!view) {
      patch(byId("headline"), "It is not known whether anything is wrong.");
      document.title = "no answer · weir";
      return;
    }
    const table_ = byId("table");
    const top = table_.getBoundingClientRect().top;
    const { title, heading, body } = trouble.draw(view);
    patch(byId("headline"), heading);
    document.title = `${state.gone ? "no answer" : view.isStale ? "old figures" : title} · weir`;
    patch(byId("troubles"), body);
    patch(byId("server-list"), servers.draw(view));
    patch(byId("remediation-list"), remediation.draw(view));
    for (const hidden of document.querySelectorAll("main > section[hidden], nav[hidden]")) hidden.hidden = false;
    patch(byId("fresh"), snapshot.weir ? `${snapshot.weir} · ` : null, "figures of ", words.time(snapshot.time), " ", words.zone, ", ",
      words.age(snapshot.time), ` old · asked every ${words.duration(api.interval())}`);
    if (snapshot !== previous && !state.gone) sparkline.add(view.rows);
    previous = snapshot;
    table.update(view.rows, view.isMany);
    // What is read stays where it is when there is more or less above it.
    if (top < 0) scrollBy(0, table_.getBoundingClientRect().top - top);
    if (focused && !focused.isConnected) byId("headline").focus({ preventScroll: true });
    performance.clearMeasures("render");
    performance.measure("render", { start });
  }

  function tick() {
    if (document.hidden) return;
    for (const element of document.querySelectorAll("[data-since]")) {
      patch(element, words.duration(api.now() - Number(element.dataset.since)));
    }
    const { state } = api;
    // Figures become old while nothing comes in, too.
    const isStale = state.snapshot && api.now() - state.snapshot.time > 3 * api.interval();
    if (isStale && !document.body.classList.contains("old")) render(state);
  }

  const ACTS = {
    copy: async (button) => say(await command.copy(button)),
    open: (button) => table.toggle(button.closest("tr").dataset.row),
    reveal: (button) => table.reveal(button.dataset.row),
    status: (button) => table.toggleStatus(button.dataset.status),
    sort: (button) => table.sort(button.dataset.column),
    clear: () => table.clear(),
    all: () => {
      trouble.showAll();
      render(api.state);
    },
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-act]");
    if (button) ACTS[button.dataset.act](button);
    // The fragment is the filter's: a way within the page must not take it.
    const link = event.target.closest('a[href^="#"]');
    if (!link) return;
    event.preventDefault();
    const heading = document.querySelector(`${link.getAttribute("href")} h2`);
    heading.scrollIntoView();
    heading.focus({ preventScroll: true });
  });
  byId("filter").addEventListener("change", () => say(byId("count").textContent));

  patch(byId("headline"), "Reading the first figures…");
  table.start();
  api.start(render);
  setInterval(tick, 1000);
})();
