// What weir says: one request at a time, for as long as somebody looks.
const TIMEOUT = 10000;
const LONGEST_PAUSE = 10;

// The three documents, where they are known; `refused`: the status where one may not be read; `gone`: since when weir
// does not answer, and why.
const state = { snapshot: null, alerts: null, actions: null, refused: {}, gone: null };
const tags = {};
let failures = 0;
let timer = 0;
let isBusy = false;
let lastSuccess = -Infinity;

// weir's clock. The browser's own may be wrong, but it does measure what has passed since weir told the time.
let told = 0;
let toldAt = 0;
const now = () => (told ? told + (performance.now() - toldAt) / 1000 : Date.now() / 1000);
// A Date header has no fractions of a second: the latest word is the best, unless the clock was set.
function tell(seconds) {
  if (told && seconds <= now() && now() - seconds < 2) return;
  told = seconds;
  toldAt = performance.now();
}

// That of the target which is polled most often.
function interval() {
  const targets = state.snapshot ? state.snapshot.targets : [];
  return Math.max(1, Math.min(30, ...targets.map((t) => t.interval_seconds || 5)));
}
const isStale = () => now() - state.snapshot.time > 3 * interval();

async function get(part, query = "") {
  const abort = new AbortController();
  const limit = setTimeout(() => abort.abort(), TIMEOUT);
  try {
    const response = await fetch(`api/v1/${part}${query}`, { cache: "no-cache", signal: abort.signal });
    const { status } = response;
    const mayNot = part !== "snapshot" && [401, 403, 404].includes(status);
    state.refused[part] = mayNot ? status : undefined;
    if (mayNot) state[part] = tags[part] = null;
    else if (status !== 200) throw new Error(`it answers with status ${status}`);
    const tag = response.headers.get("ETag");
    tell(Date.parse(response.headers.get("Date")) / 1000 || now());
    if (mayNot || (tag && tag === tags[part])) return;
    const document = JSON.parse(await response.text());
    if (part === "snapshot" && !Array.isArray(document.targets)) throw new SyntaxError();
    state[part] = document;
    tags[part] = tag;
    if (document.time > now()) tell(document.time);
  } catch (error) {
    if (abort.signal.aborted) throw new Error(`no answer within ${TIMEOUT / 1000} s`);
    if (error instanceof SyntaxError) throw new Error("what answers is not weir");
    throw error instanceof TypeError ? new Error("it cannot be reached") : error;
  } finally {
    clearTimeout(limit);
  }
}

async function refresh() {
  clearTimeout(timer);
  if (isBusy) return;
  isBusy = true;
  try {
    // The rolling window once, and again where so much was missed that the page's own has a gap.
    const isGap = performance.now() - lastSuccess > 3000 * interval();
    await get("snapshot", isGap ? "?history=1" : "");
    await get("alerts");
    await get("actions");
    lastSuccess = performance.now();
    state.gone = null;
    failures = 0;
  } catch (error) {
    failures += 1;
    state.gone = { since: state.gone ? state.gone.since : now(), why: error.message };
  }
  isBusy = false;
  const pause = failures ? Math.min(LONGEST_PAUSE, 2 ** (failures - 1)) : interval();
  if (!document.hidden) timer = setTimeout(refresh, pause * 1000);
  render();
}
