// Commands to look by hand, for a shell.
const encode = (text) => [...new TextEncoder().encode(text)];
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

// The bytes of a name: in the API those that are not UTF-8 are \xNN, and so is a backslash that would look like it.
const bytesOf = (text) => text.split(/(\\x[0-9a-fA-F]{2})/).flatMap((part, i) =>
  (i % 2 ? parseInt(part.slice(2), 16) : encode(part)));

// The arguments of a command as weir writes it, which quotes as redis-cli does.
const split = (line) => (line.match(/"(?:\\.|[^"\\])*"|\S+/gs) || []).map((word) => (word.startsWith('"')
  ? bytesOf(word.slice(1, -1).replace(/\\(["\\])/g, (_, c) => (c === '"' ? c : "\\x5c"))) : encode(word)));

// What can be typed as it is; else null.
function typed(argument) {
  try {
    const text = decoder.decode(Uint8Array.from(argument));
    return visible(text).length === 1 ? text : null;
  } catch {
    return null;
  }
}

const shell = (text) => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

// As redis-cli --quoted-input takes it.
function quoted(argument) {
  const text = argument.map((b) => (b === 0x22 || b === 0x5c ? "\\" + String.fromCharCode(b)
    : b >= 0x20 && b < 0x7f ? String.fromCharCode(b) : "\\x" + b.toString(16).padStart(2, "0"))).join("");
  return /^[^\s"'\\]+$/.test(text) ? text : `"${text}"`;
}

// `place`: the node is host:port, [IPv6]:port or the path of a socket.
function redisCLI(place, args) {
  const texts = args.map(typed);
  const isTyped = !texts.includes(null);
  const [, host, port] = (place && /^(?!\/)\[?(.*?)\]?:(\d+)$/.exec(place.node)) || [];
  const where = !place ? [] : [...(port ? ["-h", host, "-p", port] : ["-s", place.node]), "-n",
    place.db.replace("db", ""),
    ...(place.isCluster ? ["-c"] : [])];
  return ["redis-cli", ...(isTyped ? [] : ["--quoted-input"]), ...where, ...(isTyped ? texts : args.map(quoted))]
    .map(shell).join(" ");
}

const commandOf = (place, ...args) => redisCLI(place, args.map(bytesOf));
const commandFrom = (place, line) => redisCLI(place, split(line));

const drawCommand = (text, what) => h("div.command", h("code", text),
  button("copy", { "aria-label": `Copy ${what}: ${text}` }, "Copy"));

// What puts things back: of a logical stream one for each of the streams that it stands for.
const drawRestore = (place, text) => h("div.muted", "As it was:",
  text.split(/; (?=XGROUP )/).map((one) => drawCommand(commandFrom(place, one), "what puts it back")));

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
