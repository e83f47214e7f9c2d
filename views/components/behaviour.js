// What a page does without asking the server. Everything is found by data attributes; nothing of a document is in here.
if (!document.trackerBehaviour) {
  document.trackerBehaviour = true;
  document.addEventListener("click", (event) => {
    const save = event.target.closest("[data-save]");
    if (save) saveChart(save.dataset.save);
    const step = event.target.closest('.t a[href^="#"]');
    if (step) {
      event.preventDefault();
      showStep(document.getElementById(step.hash.slice(1)));
    }
    const card = event.target.closest("[data-mark]");
    if (card) {
      event.preventDefault();
      showMark(card.dataset.mark);
      history.replaceState(history.state, "", card.href);
    }
  });
  // A link from elsewhere may name a part of the page, which arrives later than the page.
  new MutationObserver((_changes, observer) => {
    const part = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (!part) return;
    observer.disconnect();
    whenAtRest(() => document.getElementById(part.id)?.scrollIntoView({ block: "center" }));
  }).observe(document.body, { childList: true, subtree: true });
  // A text and its cards arrive when they arrive: as soon as they are there, the wanted quote is brought into sight.
  new MutationObserver(() => {
    for (const box of document.querySelectorAll(".t-text:not([data-seen]), .t-list:not([data-seen])")) {
      box.dataset.seen = "";
      whenAtRest(() => showFirst(box));
    }
  }).observe(document.body, { childList: true, subtree: true });
}

// Now, and again when the page around has come to rest: on a busy machine it is laid out bit by bit.
function whenAtRest(show) {
  for (const wait of [0, 100, 600]) setTimeout(show, wait);
}

// PNG or SVG: plotly's own camera is pressed, which is hidden because it speaks English only.
function saveChart(format) {
  const chart = document.querySelector(".js-plotly-plot");
  chart._context.toImageButtonOptions.format = format;
  chart.querySelector(".modebar-btn").click();
}

// From a number to the step of the evidence that it comes from; the keyboard goes along.
function showStep(step) {
  for (const each of document.querySelectorAll(".steps > .here")) each.classList.remove("here");
  step.classList.add("here");
  step.scrollIntoView({ block: "center" });
  step.tabIndex = -1;
  step.focus({ preventScroll: true });
}

// Brings the quote of a target, and its card, into sight; a quote may be in several pieces.
function showMark(target) {
  for (const each of document.querySelectorAll("[data-target]")) {
    each.classList.toggle("here", each.dataset.target.split(" ").includes(target));
  }
  document.querySelectorAll(".t-text, .t-list").forEach(showFirst);
}

function showFirst(box) {
  const first = box.querySelector(".here");
  if (first) box.scrollTop += first.getBoundingClientRect().top - box.getBoundingClientRect().top - 96;
}
