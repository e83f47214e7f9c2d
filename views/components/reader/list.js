// The entries one below the other: a sign, the quote, how it stands. Words are data: only ever set as textContent.
export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const box = parentElement.querySelector(".rd-list");
  box.setAttribute("aria-label", data.label);
  // Kept as it is where nothing but the active entry changed: the focus stays where it was.
  const version = JSON.stringify(data.entries);
  if (box.version !== version) fill(box, data.entries);
  box.version = version;
  for (const item of box.children) {
    item.onclick = () => setTriggerValue("act", { do: "go", entry: Number(item.dataset.entry), at: Date.now() });
    if (item.dataset.entry === String(data.active)) item.setAttribute("aria-current", "true");
    else item.removeAttribute("aria-current");
  }
  const here = box.querySelector("[aria-current]");
  const seen = here && here.offsetTop >= box.scrollTop && here.offsetTop + here.offsetHeight <= box.scrollTop + box.clientHeight;
  if (here && !seen) box.scrollTop = here.offsetTop - 64;
}

function fill(box, entries) {
  box.textContent = "";
  for (const each of entries) {
    const item = document.createElement("button");
    item.type = "button";
    item.dataset.entry = each.id;
    for (const [name, lang] of [["sign", ""], ["quote", "zh"], ["words", ""]]) {
      const part = document.createElement("span");
      part.className = `rd-item-${name}`;
      if (lang) part.lang = lang;
      part.textContent = each[name];
      item.append(part);
    }
    item.title = each.quote;
    box.append(item);
  }
}
