// What weir may do by itself, what it waits for, and what it has done or not, with the reasons.
const remediation = (() => {
  "use strict";
  const { h } = dom;
  const { number, count, name, since, time, duration } = words;
  const SHOWN = 5;
  const MODES = new Map([
    ["off", "Off: weir changes nothing."], ["dry-run", "Dry-run: weir says what it would do, and changes nothing."],
    ["act", "It acts: weir may do what the policies allow."],
  ]);
  const WAITS = new Map([
    ["windows", "the condition has to hold for two full windows"], ["cooldown", "something was done a moment ago"],
    ["retry", "the last attempt has failed"], ["sighting", "the claiming consumer was not seen since it was last given entries"],
  ]);

  function drawAction(view, action) {
    const about = { target: action.target, stream: action.shown_as ?? action.stream, group: action.group };
    return h("li", { key: action.id }, time(action.time), " ",
      h("span", { class: `tag ${action.result === "failed" ? "critical" : action.result === "refused" ? "warning" : "info"}` }, action.result.replace("_", "-")),
      " ", trouble.subject(view, about), ` ${action.action} by policy `, name(action.policy),
      action.reason ? ` (${action.reason})` : "", ": ", words.sentence(action.text, action.stream, action.group));
  }

  function draw(view) {
    const board = view.actions;
    if (!board) return h("p", {}, "It cannot be read here.");
    if (!board.policies.length && !board.actions.length) return h("p", {}, "No policy is set: weir changes nothing.");
    const list = (actions) => h("ul", { class: "plain" }, actions.map((action) => drawAction(view, action)));
    const older = board.actions.slice(SHOWN, 100);
    return [
      h("p", { key: "mode" }, MODES.get(board.mode) || board.mode, ` ${count(board.policies.length, "policy", "policies")}.`),
      board.paused ? h("p", { key: "paused", class: "bad" }, "It is paused", board.paused_since === null ? "" : [", ", since(board.paused_since)],
        board.paused_reason ? [": ", words.visible(board.paused_reason)] : ", and no reason was given", ".") : null,
      board.waiting.length ? h("div", { key: "waiting" }, h("h3", {}, "Waiting"), h("ul", { class: "plain" }, board.waiting.slice(0, 20).map((w) =>
        h("li", { key: model.key(w.target, w.policy, w.stream, w.group) }, trouble.subject(view, w), `: ${w.action} by policy `, name(w.policy),
          " waits until ", time(w.until), `: ${WAITS.get(w.reason) || w.reason}.`))),
      board.waiting.length > 20 ? `and ${number(board.waiting.length - 20)} more` : null) : null,
      board.actions.length ? h("div", { key: "actions" }, h("h3", {}, "Last actions"), list(board.actions.slice(0, SHOWN))) : null,
      older.length ? h("details", { key: "older" }, h("summary", {}, `${number(older.length)} earlier`), list(older)) : null,
      h("details", { key: "policies" }, h("summary", {}, "Policies"), h("ul", { class: "plain" }, board.policies.map((p) => h("li", { key: p.name },
        name(p.name), ` (${p.mode}): ${p.action}`, p.to === null ? "" : [" to ", name(p.to)], p.to_stream === null ? "" : [" to stream ", name(p.to_stream)],
        " of streams ", name(p.stream), ", groups ", name(p.group), ", targets ", name(p.target), `, what was pending for ${duration(p.min_idle_seconds)}`,
        p.after_deliveries === null ? "" : ` and delivered ${number(p.after_deliveries)} times`, ".")))),
    ];
  }

  return { draw };
})();
