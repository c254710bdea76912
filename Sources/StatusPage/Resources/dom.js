// One scope for all files; main.js ends it.
(() => {
"use strict";
// Elements are described by h() and brought about by patch(), which changes only what differs: what somebody reads,
// has opened, selected or focused stays as it is. Text is only ever text.
const byId = (id) => document.getElementById(id);
const isShown = (child) => child || child === 0;
const known = new WeakMap();

// h("p.muted", { title: "…" }, "text", h("b", "child"), [more]): null, false and "" are nothing. The attribute `key`
// is what an element is known by among its siblings.
function h(tag, ...children) {
  const [name, ...classes] = tag.split(".");
  const first = children[0];
  const attrs = first && first.constructor === Object && !first.tag ? children.shift() : {};
  if (classes.length) attrs.class = classes.join(" ");
  return { tag: name, attrs, children };
}

const button = (act, attrs, ...children) => h("button", { type: "button", "data-act": act, ...attrs }, children);
const muted = (...children) => h("span.muted", children);
const bad = (...children) => h("span.bad", children);

function make({ tag, attrs }) {
  const isDrawing = tag === "svg" || tag === "path";
  const node = isDrawing ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  known.set(node, { key: attrs.key });
  return node;
}

function setAttributes(node, attrs) {
  const before = known.get(node);
  for (const name in { ...before, ...attrs }) {
    const value = attrs[name];
    if (name === "key" || before[name] === value) continue;
    if (value === undefined || value === null || value === false) node.removeAttribute(name);
    else node.setAttribute(name, value);
  }
  known.set(node, attrs);
}

// Where the focus and the selection are: what holds them must not be moved, or they would end.
function pins() {
  const selection = getSelection();
  return [document.activeElement, selection.isCollapsed ? null : selection.anchorNode].filter(Boolean);
}

function place(parent, nodes) {
  // To ask for the selection makes the browser lay out what there is: not for what is new.
  if (!parent.firstChild) return parent.append(...nodes);
  const wanted = new Set(nodes);
  for (const node of [...parent.childNodes]) if (!wanted.has(node)) node.remove();
  const held = nodes.find((node) => pins().some((pin) => node.contains(pin)));
  let cursor = parent.firstChild;
  for (const node of nodes) {
    while (node === held && cursor !== held) {
      const next = cursor.nextSibling;
      parent.append(cursor);
      cursor = next;
    }
    if (node === cursor) cursor = cursor.nextSibling;
    else parent.insertBefore(node, cursor);
  }
}

function patch(parent, ...children) {
  const keyed = new Map();
  const loose = [];
  for (const node of parent.childNodes) {
    const { key } = known.get(node) || {};
    if (key === undefined) loose.push(node);
    else keyed.set(key, node);
  }
  const reuse = (name) => {
    const at = loose.findIndex((node) => node.nodeName.toLowerCase() === name);
    return at < 0 ? null : loose.splice(at, 1)[0];
  };
  const nodes = children.flat(Infinity).filter(isShown).map((child) => {
    if (!child.tag) {
      const node = reuse("#text") || document.createTextNode("");
      if (node.data !== String(child)) node.data = child;
      return node;
    }
    const { key } = child.attrs;
    const node = (key === undefined ? reuse(child.tag) : keyed.get(key)) || make(child);
    setAttributes(node, child.attrs);
    patch(node, child.children);
    return node;
  });
  const isPlaced = nodes.length === parent.childNodes.length && nodes.every((n, i) => n === parent.childNodes[i]);
  if (!isPlaced) place(parent, nodes);
}
