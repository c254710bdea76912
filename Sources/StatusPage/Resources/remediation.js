// What weir may do by itself, what it waits for, and what it has done or not, with the reasons.
const ACTIONS_SHOWN = 5;
const MODES = new Map([["off", "Off: weir changes nothing."],
  ["dry-run", "Dry-run: weir says what it would do, and changes nothing."],
  ["act", "It acts: weir does what the policies allow."]]);
const WAITS = new Map([["windows", "the condition has to hold for two full windows"],
  ["cooldown", "something was done a moment ago"],
  ["retry", "the last attempt has failed"],
  ["sighting", "the claiming consumer was not seen since its last entries"]]);

const drawAction = (view, action) => h("li", { key: action.id }, time(action.time), " ",
  h(`span.tag.${{ failed: "critical", refused: "warning" }[action.result] || "info"}`,
    action.result.replace("_", "-")), " ",
  drawSubject(view, { ...action, stream: action.shown_as ?? action.stream }), `: ${action.action} by policy `,
  name(action.policy),
  action.reason ? ` (${action.reason}): ` : ": ", sentence(action.text, action.stream, action.group));

const drawWait = (view, wait) => h("li", { key: keyOf(wait.target, wait.policy, wait.stream, wait.group) },
  drawSubject(view, wait),
  `: ${wait.action} by policy `, name(wait.policy), " waits until ", time(wait.until),
  `: ${WAITS.get(wait.reason) || wait.reason}.`);

function drawRemediation(view) {
  const board = view.actions;
  if (!board) return h("p", "It cannot be read here.");
  if (!board.policies.length && !board.actions.length) return h("p", "No policy is set: weir changes nothing.");
  const list = (items, draw) => h("ul.plain", items.slice(0, MOST).map((item) => draw(view, item)));
  const earlier = board.actions.slice(ACTIONS_SHOWN);
  return [h("p", MODES.get(board.mode) || board.mode, ` ${count(board.policies.length, "policy", "policies")}.`),
    board.paused && h("p.bad", "It is paused", or(board.paused_since, (at) => [", ", since(at)], ""), ": ",
      visible(board.paused_reason || "no reason was given"), "."),
    board.waiting.length > 0 && h("div", { key: "waiting" }, h("h3", "Waiting"), list(board.waiting, drawWait)),
    board.actions.length > 0 && h("div", { key: "last" }, h("h3", "Last actions"),
      list(board.actions.slice(0, ACTIONS_SHOWN), drawAction)),
    earlier.length > 0 && h("details", { key: "earlier" }, h("summary", `Earlier actions: ${number(earlier.length)}`),
      list(earlier, drawAction))];
}
