// Figures, times and names as people read them.
const words = (() => {
  "use strict";
  const { h } = dom;

  // What does not show, or changes how its neighbours show: controls, bidi controls, zero-width and odd spaces, blanks
  // that pass for letters, code points that are nothing. An emoji's own joiners and selectors stay.
  const HIDDEN = new RegExp(
    "(?<=\\p{Extended_Pictographic}[\\p{Emoji_Modifier}\\uFE0F]*)(?:\\u200D(?=\\p{Extended_Pictographic})|\\uFE0F)" +
      "|([\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\p{Co}\\p{Cn}\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u2800\\u3164\\uFFA0\\uFE00-\\uFE0F]" +
      "|(?! )\\p{Zs}|^ | $)", "gu");
  const SHORT = new Map([["\n", "\\n"], ["\r", "\\r"], ["\t", "\\t"], [" ", "␣"]]);
  // From right to left: without isolation such a name drags the figures behind it along.
  const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

  function mark(character) {
    return SHORT.get(character) || "U+" + character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
  }

  // Text with what is hidden in it made visible.
  function visible(text) {
    const parts = [];
    let from = 0;
    for (const match of text.matchAll(HIDDEN)) {
      if (match[1] === undefined) continue;
      parts.push(text.slice(from, match.index), h("span", { class: "hidden" }, mark(match[1])));
      from = match.index + match[0].length;
    }
    return parts.length ? [...parts, text.slice(from)] : text;
  }

  const isPlain = (text) => typeof visible(text) === "string";

  // The same for attributes, which take no elements.
  const flat = (text) => [visible(text)].flat().map((p) => (p.tag ? p.children[0] : p)).join("");

  function name(text) {
    return h("bdi", { class: "name" }, text === "" ? h("span", { class: "hidden" }, "empty") : visible(text));
  }

  // A sentence of weir's in which these names occur.
  function sentence(text, ...names) {
    const turned = names.filter((n) => n && RIGHT_TO_LEFT.test(n));
    if (!turned.length) return visible(text);
    const [first, ...rest] = turned;
    return text.split(first).flatMap((part, i) => [i ? name(first) : "", part && sentence(part, ...rest)]);
  }

  const grouped = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
  const number = (value) => grouped.format(value).replaceAll(",", "\u202F");
  const count = (value, one, many = one + "s") => `${number(value)} ${value === 1 ? one : many}`;

  // Three significant digits.
  function rate(value) {
    if (value === 0) return "0";
    if (value < 0.001) return "< 0.001";
    if (value >= 100) return number(Number(value.toPrecision(3)));
    return String(Number(value.toPrecision(3)));
  }

  function duration(seconds) {
    const s = Math.max(0, seconds);
    if (s >= 3155760000) return "over 100 years";
    if (s < 1) return s ? `${Math.floor(s * 1000)} ms` : "0 s";
    const pair = (big, size, unit, small) => {
      const rest = Math.floor((s % size) / (size === 86400 ? 3600 : size / 60));
      return `${number(Math.floor(s / size))} ${big}${rest ? ` ${rest} ${small}` : ""}`;
    };
    if (s < 60) return `${Math.floor(s)} s`;
    if (s < 3600) return pair("min", 60, 1, "s");
    if (s < 172800) return pair("h", 3600, 60, "min");
    return pair("days", 86400, 3600, "h");
  }

  function bytes(value) {
    const mebibytes = value / 1048576;
    if (mebibytes < 0.1) return `${Number((value / 1024).toFixed(1))} KiB`;
    return mebibytes < 1000 ? `${Number(mebibytes.toFixed(1))} MiB` : `${number(mebibytes)} MiB`;
  }

  const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
  const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  const zone = (() => {
    const short = new Intl.DateTimeFormat("en-GB", { timeZoneName: "short" }).formatToParts(new Date());
    const { value } = short.find((part) => part.type === "timeZoneName");
    const place = Intl.DateTimeFormat().resolvedOptions().timeZone;
    return place && place !== value ? `${value} (${place})` : value;
  })();

  // Unix seconds as the browser's own time of day, with the day where it is another.
  function time(seconds) {
    const date = new Date(seconds * 1000);
    if (Number.isNaN(date.getTime())) return "an unknown time";
    const today = day.format(new Date(api.now() * 1000));
    const text = (day.format(date) === today ? "" : day.format(date) + " ") + clock.format(date);
    return h("time", { datetime: date.toISOString(), title: date.toISOString() }, text);
  }

  // How long ago: main.js keeps it going.
  function age(since) {
    return h("span", { "data-since": since }, duration(api.now() - since));
  }

  const since = (seconds) => ["since ", time(seconds), ", ", age(seconds)];

  return { visible, flat, isPlain, name, sentence, number, count, rate, duration, bytes, zone, time, age, since };
})();
