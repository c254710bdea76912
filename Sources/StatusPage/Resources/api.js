// What weir says: one request at a time, for as long as somebody looks.
const api = (() => {
  "use strict";
  const TIMEOUT = 10000;
  const LONGEST_PAUSE = 10;
  const PARTS = ["snapshot", "alerts", "actions"];

  // What is known: the three documents, `refused` (what may not be read, and why), `since` when weir does not answer.
  const state = { snapshot: null, alerts: null, actions: null, refused: new Map(), gone: null, failures: 0 };
  const tags = new Map();
  let changed = () => {};
  let timer = 0;
  let isBusy = false;
  let lastSuccess = -Infinity;

  // weir's clock. The browser's own may be wrong, but it does measure what has passed since weir told the time.
  let told = 0;
  let toldAt = 0;
  const now = () => (told ? told + (performance.now() - toldAt) / 1000 : Date.now() / 1000);
  // A Date header has no fractions: what was told is at most that much behind, and the latest word is the best.
  function tell(seconds) {
    if (told && seconds <= now() && now() - seconds < 2) return;
    told = seconds;
    toldAt = performance.now();
  }

  const interval = () => {
    const all = (state.snapshot ? state.snapshot.targets : []).map((t) => t.interval_seconds).filter((s) => s > 0);
    return Math.min(30, Math.max(1, all.length ? Math.min(...all) : 5));
  };

  // The document; undefined: as before; null: this user may not read it.
  async function get(part) {
    const abort = new AbortController();
    const limit = setTimeout(() => abort.abort(), TIMEOUT);
    // The rolling window once, and again where so much was missed that the page's own has a gap.
    const isGap = performance.now() - lastSuccess > 3000 * interval();
    const path = `api/v1/${part}${part === "snapshot" && isGap ? "?history=1" : ""}`;
    try {
      const response = await fetch(path, { cache: "no-cache", signal: abort.signal });
      if (part !== "snapshot" && [401, 403, 404].includes(response.status)) {
        state.refused.set(part, response.status);
        tags.delete(part);
        return null;
      }
      if (!response.ok) throw new Error(`it answers with status ${response.status}`);
      state.refused.delete(part);
      const tag = response.headers.get("ETag");
      const date = Date.parse(response.headers.get("Date")) / 1000;
      const document = tag && tag === tags.get(part) ? undefined : JSON.parse(await response.text());
      tags.set(part, tag);
      return { document, date };
    } catch (error) {
      if (abort.signal.aborted) throw new Error(`no answer within ${TIMEOUT / 1000} s`);
      if (error instanceof SyntaxError) throw new Error("what it answers is no JSON: is it weir?");
      if (error instanceof TypeError) throw new Error("it cannot be reached");
      throw error;
    } finally {
      clearTimeout(limit);
    }
  }

  async function round() {
    let latest = 0;
    for (const part of PARTS) {
      const got = await get(part);
      if (got === null) {
        state[part] = null;
        continue;
      }
      if (got.document) {
        if (part === "snapshot" && !Array.isArray(got.document.targets)) throw new Error("its answer is no snapshot");
        state[part] = got.document;
        latest = Math.max(latest, got.document.time || 0);
      }
      latest = Math.max(latest, got.date || 0, state[part].time || 0);
      tell(latest);
    }
  }

  async function refresh() {
    if (isBusy) return;
    isBusy = true;
    clearTimeout(timer);
    try {
      await round();
      lastSuccess = performance.now();
      state.gone = null;
      state.failures = 0;
    } catch (error) {
      state.failures += 1;
      state.gone = { since: state.gone ? state.gone.since : now(), why: error.message };
      tags.clear();
    }
    isBusy = false;
    const pause = state.gone ? Math.min(LONGEST_PAUSE, 2 ** (state.failures - 1)) : interval();
    if (!document.hidden) timer = setTimeout(refresh, pause * 1000);
    changed(state);
  }

  function start(onChange) {
    changed = onChange;
    document.addEventListener("visibilitychange", () => {
      clearTimeout(timer);
      if (!document.hidden) refresh();
    });
    addEventListener("online", refresh);
    if (!document.hidden) refresh();
  }

  return { state, now, interval, start };
})();
