// Commands to look by hand, for a shell.
const command = (() => {
  "use strict";
  const { h } = dom;
  const encoder = new TextEncoder();
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const ESCAPE = /\\x([0-9a-fA-F]{2})/g;

  // The bytes of a name: in the API those that are not UTF-8 are \xNN, and so is a backslash that would look like it.
  function bytesOfName(text) {
    const bytes = [];
    let from = 0;
    for (const match of text.matchAll(ESCAPE)) {
      bytes.push(...encoder.encode(text.slice(from, match.index)), parseInt(match[1], 16));
      from = match.index + 4;
    }
    bytes.push(...encoder.encode(text.slice(from)));
    return bytes;
  }

  // The arguments of a command as weir writes it, which quotes as redis-cli does.
  function split(line) {
    const found = line.match(/"(?:\\.|[^"\\])*"|\S+/gs) || [];
    return found.map((word) => {
      if (!word.startsWith('"')) return [...encoder.encode(word)];
      const escaped = word.slice(1, -1).replace(/\\(["\\])/g, (_, c) => (c === '"' ? '"' : "\\x5c"));
      return bytesOfName(escaped);
    });
  }

  function textOf(bytes) {
    try {
      return decoder.decode(Uint8Array.from(bytes));
    } catch {
      return null;
    }
  }

  const shell = (text) => (/^[\w@%+=:,.\/-]+$/.test(text) ? text : "'" + text.replaceAll("'", "'\\''") + "'");

  // As redis-cli --quoted-input takes it.
  function quoted(bytes) {
    if (bytes.length && bytes.every((b) => b > 0x20 && b < 0x7f && b !== 0x22 && b !== 0x27 && b !== 0x5c)) {
      return String.fromCharCode(...bytes);
    }
    const characters = bytes.map((b) => {
      if (b === 0x22 || b === 0x5c) return "\\" + String.fromCharCode(b);
      return b >= 0x20 && b < 0x7f ? String.fromCharCode(b) : "\\x" + b.toString(16).padStart(2, "0");
    });
    return `"${characters.join("")}"`;
  }

  // host:port, [IPv6]:port, or the path of a socket.
  function connection(place) {
    if (!place) return [];
    const address = /^\[?(.*?)\]?:(\d+)$/.exec(place.node);
    const where = address ? ["-h", address[1], "-p", address[2]] : ["-s", place.node];
    return [...where, "-n", (place.db || "db0").replace(/^db/, ""), ...(place.isCluster ? ["-c"] : [])];
  }

  // A line for a shell. What cannot be seen, or is not UTF-8, is written as \xNN, which redis-cli has to be told.
  function line(place, args) {
    const texts = args.map(textOf);
    const isTyped = texts.every((text) => text !== null && words.isPlain(text));
    const rest = isTyped ? texts : args.map(quoted);
    return ["redis-cli", ...(isTyped ? [] : ["--quoted-input"]), ...connection(place), ...rest].map(shell).join(" ");
  }

  const of = (place, verb, ...rest) => line(place, [...verb.split(" "), ...rest].map(bytesOfName));
  const written = (place, text) => line(place, split(text));

  // The line, with the button that copies it.
  function show(text, what) {
    return h("div", { class: "command" },
      h("code", { tabindex: "-1" }, text),
      h("button", { type: "button", "data-act": "copy", "aria-label": `Copy ${what || "the command"}: ${text}` }, "Copy"));
  }

  async function copy(button) {
    const code = button.previousElementSibling;
    try {
      await navigator.clipboard.writeText(code.textContent);
      return "Copied.";
    } catch {
      // Not in a secure context, or not allowed.
      getSelection().selectAllChildren(code);
      return document.execCommand("copy") ? "Copied." : "Selected: copy it with Ctrl+C.";
    }
  }

  return { of, written, show, copy };
})();
