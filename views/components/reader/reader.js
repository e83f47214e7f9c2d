// The text of a policy with its proposals marked. Text is data: it is only ever set as textContent.
// Offsets are code points of the source, as in Python; a browser counts UTF-16 units.
const PARAGRAPH = /[^\n]+/g;
// Marks that turn the direction of writing would make a text read otherwise than it is stored: each is shown as a box.
const TURNS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const box = parentElement.querySelector(".rd-text");
  const send = (act) => setTriggerValue("act", { ...act, at: Date.now() });
  box.setAttribute("aria-label", data.words.label);
  if (box.dataset.version !== data.version) {
    draw(box, data);
    box.dataset.version = data.version;
  }
  mark(box, data);
  if (box.dataset.active !== `${data.active} ${data.version}`) {
    box.dataset.active = `${data.active} ${data.version}`;
    const first = box.querySelector(".rd-here");
    if (first) box.scrollTop += first.getBoundingClientRect().top - box.getBoundingClientRect().top - 96;
  }
  const help = parentElement.querySelector(".rd-help");
  help.textContent = data.words.keys;
  help.hidden = box.dataset.help !== "1";
  const showHelp = () => {
    box.dataset.help = box.dataset.help === "1" ? "" : "1";
    help.hidden = box.dataset.help !== "1";
    const button = parentElement.querySelector("[aria-expanded]");
    if (button) button.setAttribute("aria-expanded", String(!help.hidden));
  };
    legend(parentElement.querySelector(".rd-legend"), data);
  box.onclick = (event) => {
    const piece = event.target.closest("[data-entry]");
    if (piece && !selection(box)) send({ do: "go", entry: Number(piece.dataset.entry) });
  };
  // An act is sent once for what is on the screen: a key hit twice does not decide on what nobody has seen yet.
  let decided = false;
  const once = (act) => {
    if (!decided) send(act);
    decided = true;
  };
  bar(parentElement.querySelector(".rd-bar"), box, data, send, once, showHelp);
  const keys = (event) => press(event, box, data, send, once, showHelp);
  document.removeEventListener("keydown", window.trackerReaderKeys);
  window.trackerReaderKeys = keys;
  document.addEventListener("keydown", keys);
  if (data.focus) focus(data.focus);
  return () => document.removeEventListener("keydown", keys);
}

// What the keys do, as buttons: everything is reached without knowing a key.
function bar(place, box, data, send, once, showHelp) {
  const acts = ["previous", "next", ...(data.may_edit ? ["select", "quote"] : []), "help"];
  const had = document.activeElement && place.contains(document.activeElement) && document.activeElement.dataset.act;
  place.textContent = "";
  for (const act of acts) {
    if (act === "quote" && data.active === null) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.act = act;
    button.textContent = data.words[act];
    // A click would take the selection away before it is read.
    button.onmousedown = (event) => event.preventDefault();
    if (act === "help") {
      button.onclick = showHelp;
      button.setAttribute("aria-expanded", String(box.dataset.help === "1"));
    } else if (act === "next" || act === "previous") button.onclick = () => send({ do: act });
    else button.onclick = () => take(box, act, data, once);
    place.append(button);
    if (act === had) button.focus();
  }
}

function legend(place, data) {
  place.textContent = "";
  for (const [look, words] of data.legend) {
    const sample = document.createElement("span");
    sample.className = `rd-mark rd-${look}`;
    sample.textContent = words;
    place.append(sample);
  }
}

function press(event, box, data, send, once, showHelp) {
  if (!document.contains(box) || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const typing = event.target.closest?.("input, textarea, select, [contenteditable], [role=combobox], [role=listbox]");
  if (typing) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const steps = { j: "next", k: "previous", ArrowRight: "next", ArrowLeft: "previous" };
  const acts = { c: "confirm", Enter: "confirm", x: "reject", e: "edit", m: "merge", s: "split", u: "reopen" };
  // Enter and the arrows belong to the button, link or tab that has the focus.
  const own = event.key.length > 1 && event.target.closest?.("button, a, summary, [role=button], [role=tab], [role=radio]");
  if (own) return;
  if (event.key === "?") showHelp();
  else if (steps[event.key]) send({ do: steps[event.key] });
  else if (!data.may_edit || event.repeat) return;
  else if (event.key === "a" || event.key === "q") take(box, event.key === "a" ? "select" : "quote", data, once);
  else if (acts[event.key]) once({ do: acts[event.key], entry: data.active });
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

function take(box, act, data, send) {
  const found = selection(box);
  send({ do: act, entry: data.active, start: found ? found[0] : 0, end: found ? found[1] : 0 });
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
  // Between two elements, as a click three times leaves it: the nearest piece on the side of the selection, or, at the
  // edge of the element, where its first piece begins or its last one ends.
  const child = node.childNodes[isEnd ? at - 1 : at];
  const known = [...(child ?? node).querySelectorAll?.("span[data-start]") ?? []];
  if (child?.tagName === "SPAN") known.push(child);
  if (!known.length) return null;
  const atEnd = child ? isEnd : !isEnd;
  return Number(atEnd ? known.at(-1).dataset.end : known[0].dataset.start);
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
  for (const each of data.entries) for (const at of [each.start, each.end, ...each.near.flatMap((near) => near.slice(0, 2))])
    cuts.add(at);
  const all = [...cuts].sort((a, b) => a - b);
  const astral = /[\ud800-\udbff]/.test(data.text);
  let begun = 0;
  let counted = 0;
  for (const match of data.text.matchAll(PARAGRAPH)) {
    counted += astral ? points(data.text.slice(begun, match.index)) : match.index - begun;
    begun = match.index;
    box.append(paragraph(match[0], counted, all, astral));
  }
  box.pieces = [...box.querySelectorAll("span[data-start]")];
  box.starts = box.pieces.map((each) => Number(each.dataset.start));
}

function paragraph(words, start, cuts, astral) {
  const element = document.createElement("p");
  const letters = astral ? [...words] : words;
  const end = start + letters.length;
  let from = start;
  for (let at = firstAt(cuts, start + 1); from < end; at++) {
    const to = at < cuts.length ? Math.min(cuts[at], end) : end;
    const piece = document.createElement("span");
    piece.dataset.start = from;
    piece.dataset.end = to;
    const cut = letters.slice(from - start, to - start);
    piece.textContent = (astral ? cut.join("") : cut).replace(TURNS, "\u25af");
    element.append(piece);
    from = to;
  }
  return element;
}

// The look of each piece: whose proposal it belongs to, its tier and state, and what the active one points at.
function mark(box, data) {
  for (const piece of box.pieces.filter((each) => each.className)) {
    piece.className = "";
    piece.removeAttribute("title");
    delete piece.dataset.entry;
  }
  const within = (start, end, change) => {
    for (let at = firstAt(box.starts, start); at < box.starts.length && Number(box.pieces[at].dataset.end) <= end; at++)
      change(box.pieces[at]);
  };
  // The longest first: where quotes overlap, a piece belongs to the shortest.
  for (const each of [...data.entries].sort((a, b) => b.end - b.start - (a.end - a.start))) {
    within(each.start, each.end, (piece) => {
      piece.className = `rd-mark rd-${each.look}`;
      piece.dataset.entry = each.id;
      piece.title = each.title;
    });
  }
  const active = data.entries.find((each) => each.id === data.active);
  if (!active) return;
  within(active.start, active.end, (piece) => piece.classList.add("rd-here"));
  for (const [from, to, what] of active.near) {
    within(from, to, (piece) => {
      piece.classList.add(`rd-${what}`);
      piece.title = [piece.title, data.near[what]].filter(Boolean).join(" · ");
    });
  }
}

// Where in a rising list the first number stands that is not below `wanted`.
function firstAt(rising, wanted) {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rising[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
