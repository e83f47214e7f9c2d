// The text of a policy with its proposals marked. Text is data: it is only ever set as textContent.
// Offsets are code points of the source, as in Python; a browser counts UTF-16 units.
const PARAGRAPH = /[^\n]+/g;

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const box = parentElement.querySelector(".rd-text");
  const bar = parentElement.querySelector(".rd-bar");
  const send = (act) => setTriggerValue("act", { ...act, at: Date.now() });
  if (box.dataset.version !== data.version) {
    draw(box, data);
    box.dataset.version = data.version;
  }
  mark(box, data);
  if (box.dataset.active !== String(data.active)) {
    box.dataset.active = String(data.active);
    const first = box.querySelector(".rd-here");
    if (first) box.scrollTop += first.getBoundingClientRect().top - box.getBoundingClientRect().top - 96;
  }
  bar.textContent = "";
  const words = document.createElement("span");
  words.textContent = data.words.hint;
  bar.append(words);
  for (const act of data.may_edit ? ["select", "quote"] : []) {
    if (act === "quote" && data.active === null) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = data.words[act];
    // A click would take the selection away before it is read.
    button.onmousedown = (event) => event.preventDefault();
    button.onclick = () => take(box, act, send);
    bar.append(button);
  }
  box.onclick = (event) => {
    const piece = event.target.closest("[data-entry]");
    if (piece && !selection(box)) send({ do: "go", entry: Number(piece.dataset.entry) });
  };
  const keys = (event) => press(event, box, data, send);
  document.removeEventListener("keydown", window.trackerReaderKeys);
  window.trackerReaderKeys = keys;
  document.addEventListener("keydown", keys);
  if (data.focus) focus(data.focus);
  return () => document.removeEventListener("keydown", keys);
}

function press(event, box, data, send) {
  if (!document.contains(box) || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const typing = event.target.closest?.("input, textarea, select, [contenteditable], [role=combobox], [role=listbox]");
  if (typing) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const act = { j: "next", k: "previous", c: "confirm", x: "reject", e: "edit", m: "merge", s: "split", u: "reopen" };
  if (event.key === "a" || event.key === "q") take(box, event.key === "a" ? "select" : "quote", send);
  else if (act[event.key]) send({ do: act[event.key] });
  else return;
  event.preventDefault();
}

// The keyboard goes where the act needs it: into the reason, or the first field.
function focus(key) {
  const wanted = () => document.querySelector(`.st-key-${key} input, .st-key-${key} textarea`);
  let tries = 0;
  const look = () => {
    const field = wanted();
    if (field) field.focus();
    else if (tries++ < 20) setTimeout(look, 50);
  };
  look();
}

function take(box, act, send) {
  const found = selection(box);
  if (found) send({ do: act, start: found[0], end: found[1] });
}

// Where the selection begins and ends in the source; null where nothing of the text is selected.
function selection(box) {
  const selected = document.getSelection();
  if (!selected || selected.isCollapsed || !selected.rangeCount) return null;
  const range = selected.getRangeAt(0);
  if (!box.contains(range.startContainer) || !box.contains(range.endContainer)) return null;
  const start = offset(range.startContainer, range.startOffset, false);
  const end = offset(range.endContainer, range.endOffset, true);
  return start !== null && end !== null && end > start ? [start, end] : null;
}

function offset(node, at, isEnd) {
  if (node.nodeType === Node.TEXT_NODE) {
    const piece = node.parentElement.closest("[data-start]");
    return piece ? Number(piece.dataset.start) + points(node.data.slice(0, at)) : null;
  }
  // Between two elements: the piece before or after that point.
  const pieces = [...node.querySelectorAll("[data-start]")];
  const child = node.childNodes[isEnd ? at - 1 : at];
  const near = child ? [child, ...(child.querySelectorAll?.("[data-start]") ?? [])] : pieces;
  const known = near.filter((each) => each.dataset?.start !== undefined && each.tagName === "SPAN");
  const piece = isEnd ? known.at(-1) : known[0];
  if (!piece) return null;
  return Number(piece.dataset.start) + (isEnd ? points(piece.textContent) : 0);
}

function points(words) {
  let found = 0;
  for (const _ of words) found++;
  return found;
}

// Paragraphs of pieces, cut wherever a proposal, a deadline or a subject begins or ends.
function draw(box, data) {
  box.textContent = "";
  const cuts = new Set();
  for (const each of data.entries) for (const at of [each.start, each.end, ...each.near.flat()]) cuts.add(at);
  const all = [...cuts].sort((a, b) => a - b);
  const astral = /[\ud800-\udbff]/.test(data.text);
  let begun = 0;
  let counted = 0;
  for (const match of data.text.matchAll(PARAGRAPH)) {
    counted += astral ? points(data.text.slice(begun, match.index)) : match.index - begun;
    begun = match.index;
    box.append(paragraph(match[0], counted, all, astral));
  }
}

function paragraph(words, start, cuts, astral) {
  const element = document.createElement("p");
  const letters = astral ? [...words] : words;
  const end = start + letters.length;
  let from = start;
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cuts[middle] <= start) low = middle + 1;
    else high = middle;
  }
  for (let at = low; from < end; at++) {
    const to = at < cuts.length ? Math.min(cuts[at], end) : end;
    const piece = document.createElement("span");
    piece.dataset.start = from;
    piece.dataset.end = to;
    const cut = letters.slice(from - start, to - start);
    piece.textContent = astral ? cut.join("") : cut;
    element.append(piece);
    from = to;
  }
  return element;
}

// The look of each piece: whose proposal it belongs to, its tier and state, and what the active one points at.
function mark(box, data) {
  const shortest = [...data.entries].sort((a, b) => b.end - b.start - (a.end - a.start));
  const active = data.entries.find((each) => each.id === data.active);
  for (const piece of box.querySelectorAll("span[data-start]")) {
    const start = Number(piece.dataset.start);
    const end = Number(piece.dataset.end);
    piece.className = "";
    piece.removeAttribute("title");
    delete piece.dataset.entry;
    for (const each of shortest) {
      if (each.start <= start && end <= each.end) {
        piece.className = `rd-mark rd-${each.look}`;
        piece.dataset.entry = each.id;
        piece.title = each.title;
      }
    }
    if (!active) continue;
    if (active.start <= start && end <= active.end) piece.classList.add("rd-here");
    for (const [from, to] of active.near) if (from <= start && end <= to) piece.classList.add("rd-near");
  }
}
