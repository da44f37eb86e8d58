// Suggestions: a passage that is selected goes into the form, and what is accepted goes into the text that is being
// typed, so that nothing of it is lost. Without this file the passage is quoted by hand.
const points = (text) => [...text].length; // the server counts characters, not UTF-16
const text = () => document.querySelector("#id_body");
const version = () => document.querySelector("#id_version");
let chosen = null;

function inText() {
  const field = text();
  if (!field || document.activeElement !== field) return null;
  const { selectionStart: start, selectionEnd: end, value } = field;
  return { quote: value.slice(start, end), start: points(value.slice(0, start)), version: version()?.value };
}

function inSource() {
  const selection = document.getSelection();
  const source = document.querySelector("[data-source]");
  if (!source || !selection.rangeCount || !source.contains(selection.anchorNode) || !source.contains(selection.focusNode)) return null;
  const range = selection.getRangeAt(0);
  const before = document.createRange();
  before.setStart(source, 0);
  before.setEnd(range.startContainer, range.startOffset);
  return { quote: range.toString(), start: points(before.toString()), version: source.dataset.version };
}

// The bar with the buttons, while something is selected.
function show() {
  const bar = document.querySelector("[data-selection]");
  if (!bar) return;
  bar.hidden = !chosen?.quote;
  const quote = chosen?.quote ?? "";
  document.querySelector("#chosen").textContent = quote.length > 40 ? `${quote.slice(0, 40)}…` : quote;
}

document.addEventListener("selectionchange", () => {
  const found = inText() ?? inSource();
  if (!found) return;
  chosen = found;
  show();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-take]");
  const form = document.querySelector("#passage form");
  if (!button || !form) return;
  const { quote, start, version: read } = chosen;
  form.elements.quote.value = quote;
  form.elements.start.value = start;
  form.elements.version.value = read;
  if (form.elements.replacement) form.elements.replacement.value = quote;
  document.querySelector("#passage").open = true;
  const field = button.dataset.take === "suggest" ? form.elements.replacement : form.elements.words;
  field.focus();
  field.scrollIntoView({ block: "center" });
  chosen = null;
  show();
});

// Where the same passage stands in what is being typed: the nearest to where the server had it.
function nearest(value, passage, start) {
  const expected = [...value].slice(0, start).join("").length;
  if (!passage) return expected;
  let best = -1;
  for (let at = value.indexOf(passage); at >= 0; at = value.indexOf(passage, at + 1)) {
    if (best < 0 || Math.abs(at - expected) < Math.abs(best - expected)) best = at;
  }
  return best;
}

// Only over the version that it began from. Otherwise the form keeps its version, and its next save compares both texts.
function putIn(found) {
  const field = text();
  const { from, version: next, start, passage, replacement } = found.dataset;
  if (!field || !version() || version().value !== from) return;
  const unchanged = field.value === field.defaultValue;
  const at = nearest(field.value, passage, Number(start));
  if (at < 0 || (!passage && !unchanged)) return;
  const { selectionStart, selectionEnd, scrollTop } = field;
  field.setRangeText(replacement, at, at + passage.length, "preserve");
  if (document.activeElement === field) {
    const shift = (place) => (place >= at + passage.length ? place + replacement.length - passage.length : place);
    field.setSelectionRange(shift(selectionStart), shift(selectionEnd));
  }
  field.scrollTop = scrollTop;
  version().value = next;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id !== "suggestions") return;
  // What was pressed is gone; who goes on by keyboard goes on from here.
  if (document.activeElement === document.body) document.querySelector("#suggestions-head").focus({ preventScroll: true });
  const found = document.querySelector("#put-in");
  if (!found) return;
  found.remove();
  putIn(found);
});
