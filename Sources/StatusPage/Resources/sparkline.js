// How the lag of each group went: what weir remembers of its window, and then what the page has seen itself.
const sparkline = (() => {
  "use strict";
  const { h } = dom;
  const KEPT = 60;
  const WIDTH = 96;
  const HEIGHT = 20;
  let courses = new Map();

  // `at`: when the row's figures were taken.
  function add(rows) {
    const next = new Map();
    for (const row of rows) {
      if (!row.group) continue;
      let points = courses.get(row.key) || [];
      const { history } = row.group;
      if (history && history.times.length) {
        const start = history.times[0];
        points = points.filter((p) => p.t < start);
        history.times.forEach((t, i) => points.push({ t, lag: history.lag[i] }));
      }
      const last = points[points.length - 1];
      if (!last || row.at > last.t + 0.2) points.push({ t: row.at, lag: row.group.lag.entries });
      if (points.length > KEPT) points = points.slice(-KEPT);
      next.set(row.key, points);
    }
    courses = next;
  }

  function draw(row) {
    const points = courses.get(row.key) || [];
    const known = points.filter((p) => p.lag !== null);
    if (known.length < 2) return h("span", { class: "muted", title: "too few samples yet" }, "–");
    const first = points[0].t;
    const span = points[points.length - 1].t - first || 1;
    const most = Math.max(...known.map((p) => p.lag));
    // Where the lag was not known the line has a gap.
    let isOn = false;
    const path = points.map((p) => {
      if (p.lag === null) return (isOn = false) || "";
      const x = (((p.t - first) / span) * (WIDTH - 2) + 1).toFixed(1);
      const y = (HEIGHT - 1.5 - (most ? p.lag / most : 0) * (HEIGHT - 3)).toFixed(1);
      const step = `${isOn ? "L" : "M"}${x} ${y}`;
      isOn = true;
      return step;
    }).join("");
    const label = `lag over ${words.duration(span)}: from ${words.number(known[0].lag)} to ` +
      `${words.number(known[known.length - 1].lag)}, at most ${words.number(most)}`;
    return h("svg", { class: "spark", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": label },
      h("path", { d: path }));
  }

  return { add, draw };
})();
