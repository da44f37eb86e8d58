// Changes a text as if it were typed, so that the browser's own undo takes it back.
export function type(area, from, to, text, select) {
  area.focus({ preventScroll: true });
  area.setSelectionRange(from, to);
  const done = text === "" ? from === to || document.execCommand("delete") : document.execCommand("insertText", false, text);
  if (!done) {
    area.setRangeText(text, from, to, "end");
    area.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  if (select) area.setSelectionRange(...select);
}

// Text on lines of its own, an empty one around it; `inner` is chosen afterwards, to be typed over.
export function block(area, text, inner) {
  const { selectionStart: from, selectionEnd: to, value } = area;
  const before = value.slice(0, from);
  const after = value.slice(to);
  const head = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const tail = !after || after.startsWith("\n\n") ? (after ? "" : "\n") : after.startsWith("\n") ? "\n" : "\n\n";
  const at = from + head.length + (inner ? text.indexOf(inner) : text.length);
  type(area, from, to, head + text + tail, [at, at + (inner?.length ?? 0)]);
}

// Words between marks, or out of them.
export function wrap(area, before, after, words) {
  const { selectionStart: from, selectionEnd: to, value } = area;
  const chosen = value.slice(from, to);
  const around = value.slice(from - before.length, from) === before && value.slice(to, to + after.length) === after;
  if (around && !(before === "*" && value[from - 2] === "*" && value[from - 3] !== "*")) {
    type(area, from - before.length, to + after.length, chosen, [from - before.length, to - before.length]);
  } else {
    const start = from + before.length;
    const inner = chosen || words;
    type(area, from, to, before + inner + after, [start, start + inner.length]);
  }
}

// A mark before each chosen line, or no longer.
export function prefix(area, mark, words) {
  const { value } = area;
  const from = value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const end = value.indexOf("\n", Math.max(area.selectionEnd - (area.selectionEnd > area.selectionStart ? 1 : 0), from));
  const to = end < 0 ? value.length : end;
  const lines = value.slice(from, to).split("\n");
  if (lines.length === 1 && !lines[0]) return block(area, mark + words, words);
  const marked = lines.every((line) => line.startsWith(mark));
  const text = lines.map((line) => (marked ? line.slice(mark.length) : mark + line)).join("\n");
  type(area, from, to, text, [from, from + text.length]);
}
