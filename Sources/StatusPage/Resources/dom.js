// Elements are described by h() and brought about by patch(), which changes only what differs: what somebody reads,
// has opened, selected or focused stays as it is. Text is only ever text.
const dom = (() => {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  const keys = new WeakMap();
  const attributes = new WeakMap();

  const byId = (id) => document.getElementById(id);

  // Children may be nested; null, false and "" are nothing. `key` is what an element is known by among its siblings.
  function h(tag, attrs, ...children) {
    return { tag, attrs: attrs || {}, children: children.flat(Infinity).filter((c) => c || c === 0) };
  }

  function create(tag) {
    return tag === "svg" || tag === "path" ? document.createElementNS(SVG, tag) : document.createElement(tag);
  }

  function setAttributes(node, attrs) {
    const before = attributes.get(node) || {};
    for (const name in before) if (!(name in attrs)) node.removeAttribute(name);
    for (const name in attrs) {
      const value = attrs[name];
      if (name === "key" || before[name] === value) continue;
      if (value === null || value === undefined || value === false) node.removeAttribute(name);
      else node.setAttribute(name, value === true ? "" : value);
    }
    attributes.set(node, attrs);
  }

  // The child that has the focus or the selection, which a move would end.
  function held(parent) {
    const selection = getSelection();
    const pins = [document.activeElement, selection.isCollapsed ? null : selection.anchorNode];
    for (let pin of pins) {
      if (!pin || pin === parent || !parent.contains(pin)) continue;
      while (pin.parentNode !== parent) pin = pin.parentNode;
      return pin;
    }
    return null;
  }

  function place(parent, nodes) {
    const wanted = new Set(nodes);
    for (const node of [...parent.childNodes]) if (!wanted.has(node)) node.remove();
    let pin;
    let cursor = parent.firstChild;
    for (const node of nodes) {
      if (node === cursor) {
        cursor = cursor.nextSibling;
        continue;
      }
      if (pin === undefined) pin = held(parent);
      if (node === pin) {
        while (cursor !== pin) {
          const next = cursor.nextSibling;
          parent.append(cursor);
          cursor = next;
        }
        cursor = pin.nextSibling;
      } else {
        parent.insertBefore(node, cursor);
      }
    }
  }

  function patch(parent, ...children) {
    const known = new Map();
    const loose = [];
    for (const node of parent.childNodes) {
      if (keys.has(node)) known.set(keys.get(node), node);
      else loose.push(node);
    }
    const reuse = (name) => {
      const at = loose.findIndex((node) => node.nodeName.toLowerCase() === name);
      return at < 0 ? null : loose.splice(at, 1)[0];
    };
    const nodes = children.flat(Infinity).filter((c) => c || c === 0).map((child) => {
      if (!child.tag) {
        const text = String(child);
        const node = reuse("#text") || document.createTextNode(text);
        if (node.data !== text) node.data = text;
        return node;
      }
      const key = child.attrs.key;
      const node = (key === undefined ? reuse(child.tag) : known.get(key)) || create(child.tag);
      if (key !== undefined) keys.set(node, key);
      setAttributes(node, child.attrs);
      patch(node, child.children);
      return node;
    });
    if (nodes.length !== parent.childNodes.length || nodes.some((n, i) => n !== parent.childNodes[i])) {
      place(parent, nodes);
    }
  }

  return { byId, h, patch };
})();
