// The entries one below the other: a sign, the quote, how it stands. Words are data: only ever set as textContent.
export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const box = parentElement.querySelector(".rd-list");
  const had = box.contains(document.activeElement) ? document.activeElement.dataset.entry : "";
  box.setAttribute("aria-label", data.label);
  box.textContent = "";
  for (const each of data.entries) {
    const item = document.createElement("button");
    item.type = "button";
    item.dataset.entry = each.id;
    if (each.id === data.active) item.setAttribute("aria-current", "true");
    for (const [name, lang] of [["sign", ""], ["quote", "zh"], ["words", ""]]) {
      const part = document.createElement("span");
      part.className = `rd-item-${name}`;
      if (lang) part.lang = lang;
      part.textContent = each[name];
      item.append(part);
    }
    item.title = each.quote;
    item.onclick = () => setTriggerValue("act", { do: "go", entry: each.id, at: Date.now() });
    box.append(item);
    if (String(each.id) === had) item.focus({ preventScroll: true });
  }
  const here = box.querySelector("[aria-current]");
  if (here && box.dataset.active !== String(data.active)) box.scrollTop = here.offsetTop - box.offsetTop - 64;
  box.dataset.active = String(data.active);
}
