// Figures, times and names as people read them.

// What does not show, or changes how its neighbours show: controls of any kind, odd spaces, blanks that pass for
// letters, code points that are nothing. An emoji's own joiners and selectors stay.
const HIDDEN = new RegExp("(?<=\\p{Extended_Pictographic}[\\p{Emoji_Modifier}\\uFE0F]*)" +
  "(?:\\u200D(?=\\p{Extended_Pictographic})|\\uFE0F)|([\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\p{Co}\\p{Cn}" +
  "\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u2800\\u3164\\uFFA0\\uFE00-\\uFE0F]|(?! )\\p{Zs})", "gu");
const SHORT = new Map([["\n", "\\n"], ["\r", "\\r"], ["\t", "\\t"]]);
const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

const mark = (c) => SHORT.get(c) || "U+" + c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");

// Text, with what is hidden in it made visible.
function visible(text) {
  if (text === null) return ["it is not known why"];
  const parts = [];
  let from = 0;
  for (const { 0: all, 1: hidden, index } of text.matchAll(HIDDEN)) {
    if (!hidden) continue;
    parts.push(text.slice(from, index), h("span.hidden", mark(hidden)));
    from = index + all.length;
  }
  return [...parts, text.slice(from)];
}

// Of a long one its start; the whole is in the title, and where its row is open.
const NAME_SHOWN = 60;
function name(text, isWhole) {
  const isLong = !isWhole && text.length > NAME_SHOWN;
  const some = isLong ? [...text].slice(0, NAME_SHOWN).join("") + "…" : text;
  const edges = some.replace(/^ +| +$/g, (spaces) => "␣".repeat(spaces.length));
  return h("bdi.name", { title: isLong ? text : null }, text ? visible(edges) : h("span.hidden", "empty"));
}

// A sentence of weir's in which these names occur: those from right to left would drag what follows along, and long
// ones, as also consumers have them, would be all that is read.
function sentence(text, ...names) {
  const apart = names.find((n) => n && (n.length > NAME_SHOWN || RIGHT_TO_LEFT.test(n)))
    || (/\S{61,}/.exec(text) || [])[0];
  if (!apart) return visible(text);
  return text.split(apart).map((part, i) => [i ? name(apart) : "",
    sentence(part, ...names.filter((n) => n !== apart))]);
}

const grouped = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const number = (value) => grouped.format(value).replaceAll(",", "\u202F");
const count = (value, one, many = one + "s") => `${number(value)} ${value === 1 ? one : many}`;
const entries = (value) => count(value, "entry", "entries");
const or = (value, text, without = "unknown") => (value === null || value === undefined ? without : text(value));

// Three significant digits.
function rate(value) {
  if (value > 0 && value < 0.001) return "< 0.001";
  const rounded = Number(value.toPrecision(3));
  return rounded < 1000 ? String(rounded) : number(rounded);
}

function duration(s) {
  if (s >= 3155760000) return "over 100 years";
  if (s > 0 && s < 1) return `${Math.floor(s * 1000)} ms`;
  const [size, unit, part, small] = s < 60 ? [1, "s", 1] : s < 3600 ? [60, "min", 1, "s"]
    : s < 172800 ? [3600, "h", 60, "min"] : [86400, "days", 3600, "h"];
  const rest = Math.floor((s % size) / part);
  return `${number(Math.floor(Math.max(0, s) / size))} ${unit}${small && rest ? ` ${rest} ${small}` : ""}`;
}

function bytes(value) {
  const mebibytes = value / 1048576;
  if (mebibytes < 0.1) return `${Number((value / 1024).toFixed(1))} KiB`;
  return `${mebibytes < 1000 ? Number(mebibytes.toFixed(1)) : number(mebibytes)} MiB`;
}

const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

// Unix seconds as the browser's own time, with the day where it is another.
function time(seconds) {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return "an unknown time";
  const on = day.format(date) === day.format(now() * 1000) ? "" : day.format(date) + " ";
  return h("time", { datetime: date.toISOString(), title: date.toISOString() }, on + clock.format(date));
}

// How long ago, in full seconds: main.js keeps it going.
const ago = (seconds) => duration(Math.floor(Math.max(0, now() - seconds)));
const age = (seconds) => h("span", { "data-since": seconds }, ago(seconds));
const since = (seconds) => ["since ", time(seconds), ", ", age(seconds)];
