// The buttons above the text and their keys.
import { block, prefix, type, wrap } from "./typing.js";

const TABLE = "| Column | Column |\n| --- | ---: |\n| words | 1 |";

function link(area) {
  const { selectionStart: from, selectionEnd: to, value } = area;
  const words = value.slice(from, to) || "words";
  const at = from + words.length + 3;
  type(area, from, to, `[${words}](https://)`, words === "words" ? [from + 1, from + 6] : [at, at + 8]);
}

// The mark where one stands, the note at the end: one change, which one undo takes back.
function footnote(area) {
  const { selectionEnd: at, value } = area;
  const numbers = [...value.matchAll(/\[\^(\d+)\]/g)].map((found) => Number(found[1]));
  const number = Math.max(0, ...numbers) + 1;
  const rest = value.slice(at);
  const end = rest.trimEnd();
  const text = `[^${number}]${end}\n\n[^${number}]: Note`;
  type(area, at, value.length, `${text}\n`, [at + text.length - 4, at + text.length]);
}

export const acts = {
  bold: (area) => wrap(area, "**", "**", "bold"),
  italic: (area) => wrap(area, "*", "*", "italic"),
  heading: (area) => prefix(area, "## ", "Heading"),
  link,
  code: (area) => wrap(area, "`", "`", "code"),
  fence: (area) => {
    const chosen = area.value.slice(area.selectionStart, area.selectionEnd);
    block(area, `\`\`\`python\n${chosen || "code"}\n\`\`\``, "python");
  },
  quote: (area) => prefix(area, "> ", "Quote"),
  list: (area) => prefix(area, "- ", "First point"),
  numbers: (area) => prefix(area, "1. ", "First step"),
  tasks: (area) => prefix(area, "- [ ] ", "To be done"),
  table: (area) => block(area, TABLE, "Column"),
  footnote,
  formula: (area) => wrap(area, "$", "$", "x^2"),
  display: (area) => block(area, `$$\n${area.value.slice(area.selectionStart, area.selectionEnd) || "E = mc^2"}\n$$`, "E = mc^2"),
};

const KEYS = { KeyB: "bold", KeyI: "italic", KeyK: "link", KeyE: "code" };
const SHIFTED = { Digit7: "numbers", Digit8: "list", Period: "quote", KeyL: "tasks" };

export function furnishToolbar(form, area) {
  const bar = form.querySelector("[data-toolbar]");
  const buttons = [...bar.querySelectorAll("button")];
  bar.hidden = false;
  for (const button of buttons) {
    button.tabIndex = button === buttons[0] ? 0 : -1;
    button.addEventListener("click", () => acts[button.dataset.act]?.(area));
  }
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const here = buttons.indexOf(document.activeElement);
    const next = buttons[(here + step + buttons.length) % buttons.length];
    for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
    next.focus();
  });
  area.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return;
    const act = (event.shiftKey ? SHIFTED : KEYS)[event.code];
    if (!act) return;
    event.preventDefault();
    acts[act](area);
  });
}
