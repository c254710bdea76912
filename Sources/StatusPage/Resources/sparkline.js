// How the lag of each group went: what weir remembers of its window, and then what the page has seen itself.
const KEPT = 60;
let courses = new Map();

function remember(rows) {
  const next = new Map();
  for (const { key, group, at } of rows) {
    if (!group) continue;
    const { times = [], lag = [] } = group.history || {};
    const before = (courses.get(key) || []).filter((point) => !(point.t >= times[0]));
    const points = [...before, ...times.map((t, i) => ({ t, lag: lag[i] }))];
    if (!points.length || at > points[points.length - 1].t + 0.2) points.push({ t: at, lag: group.lag.entries });
    next.set(key, points.slice(-KEPT));
  }
  courses = next;
}

function drawSparkline({ key }) {
  const points = courses.get(key) || [];
  const lags = points.map((p) => p.lag).filter((lag) => lag !== null);
  if (lags.length < 2) return few();
  const first = points[0].t;
  const span = points[points.length - 1].t - first || 1;
  const most = Math.max(...lags);
  // Where the lag was not known the line has a gap.
  const path = points.map(({ t, lag }, i) => (lag === null ? "" :
    `${i && points[i - 1].lag !== null ? "L" : "M"}${(((t - first) / span) * 78 + 1).toFixed(1)} ` +
    (18.5 - (lag / (most || 1)) * 17).toFixed(1)));
  const label = `lag over ${duration(span)}: from ${number(lags[0])} to ` +
    `${number(lags[lags.length - 1])}, at most ${number(most)}`;
  return h("svg.spark", { viewBox: "0 0 80 20", role: "img", "aria-label": label }, h("path", { d: path.join("") }));
}
