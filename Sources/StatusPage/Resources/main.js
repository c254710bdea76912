// Puts the parts together whenever weir has said something.

// For eyes and screen readers alike, and then gone.
let saying = 0;
function say(text) {
  clearTimeout(saying);
  patch(byId("said"), text);
  saying = setTimeout(() => patch(byId("said")), 5000);
}

function drawBanner() {
  const { gone, snapshot } = state;
  const figures = snapshot && ["The figures are of ", time(snapshot.time), "."];
  if (gone) return ["weir does not answer, since ", time(gone.since), `: ${gone.why}. It is asked again and again. `,
    figures];
  return snapshot && isStale() && ["weir answers, but its figures are old. ", figures];
}

let drawn = null;
function render() {
  const start = performance.now();
  const focused = document.activeElement;
  const { snapshot, gone } = state;
  const isOld = Boolean(gone || (snapshot && isStale()));
  patch(byId("banner"), drawBanner());
  document.body.classList.toggle("old", isOld);
  const title = gone ? "no answer" : "old figures";
  if (!snapshot) {
    patch(byId("headline"), "It is not known whether anything is wrong.");
    document.title = `${title} · weir`;
    return;
  }
  const view = look(state);
  const top = byId("table").getBoundingClientRect().top;
  const trouble = drawTrouble(view);
  document.title = `${isOld ? title : trouble.title} · weir`;
  patch(byId("headline"), trouble.heading);
  patch(byId("troubles"), trouble.body);
  patch(byId("server-list"), drawServers(view));
  patch(byId("remediation-list"), drawRemediation(view));
  for (const section of document.querySelectorAll("section, nav")) section.hidden = false;
  patch(byId("fresh"), snapshot.weir, " · figures of ", time(snapshot.time), ` (${zone}), `, age(snapshot.time),
    ` old, asked for every ${duration(interval())}`);
  if (snapshot !== drawn) remember(view.rows);
  drawn = snapshot;
  showRows(view.rows, view.isMany);
  // What is read stays where it is when there is more or less above it.
  if (top < 0) scrollBy(0, byId("table").getBoundingClientRect().top - top);
  if (!focused.isConnected) byId("headline").focus({ preventScroll: true });
  performance.clearMeasures("render");
  performance.measure("render", { start });
}

function tick() {
  for (const element of document.querySelectorAll("[data-since]")) patch(element, ago(Number(element.dataset.since)));
  // Figures grow old while nothing comes in, too.
  if (state.snapshot && isStale() && !document.body.classList.contains("old")) render();
}

const ACTS = {
  copy: async (button) => say(await copy(button)),
  open: (button) => drawRows(toggle(open, button.closest("tr").dataset.row)),
  reveal: (button) => reveal(button.dataset.row),
  status: (button) => change({ statuses: toggle(filter.statuses, button.dataset.status) }),
  sort: ({ dataset: { column } }) => change({ order: column,
    isReversed: column === filter.order && !filter.isReversed }),
  clear: showAllRows,
  all: () => {
    isAllShown = true;
    render();
  },
};

addEventListener("click", (event) => {
  const button = event.target.closest("[data-act]");
  if (button) ACTS[button.dataset.act](button);
  const link = event.target.closest('a[href^="#"]');
  if (!link) return;
  // The fragment is the filter's: a way within the page must not take it.
  event.preventDefault();
  const heading = document.querySelector(`${link.getAttribute("href")} h2`);
  heading.scrollIntoView();
  heading.focus({ preventScroll: true });
});
addEventListener("hashchange", () => {
  readFragment();
  arrange();
});
addEventListener("scroll", drawSoon, { passive: true });
addEventListener("resize", drawSoon);
document.addEventListener("visibilitychange", () => {
  if (document.hidden) clearTimeout(timer);
  else refresh();
});
byId("rows").addEventListener("keydown", moveByKey);
byId("filter").addEventListener("input", (event) => change({ text: event.target.value }));
byId("filter").addEventListener("change", () => say(byId("count").textContent));
byId("order").addEventListener("change", (event) => change({ order: event.target.value, isReversed: false }));

patch(byId("headline"), "Reading the first figures…");
readFragment();
setInterval(tick, 1000);
if (!document.hidden) refresh();
})();
