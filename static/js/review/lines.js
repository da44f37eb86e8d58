// Lines of a cell: chosen on their numbers, by a click, a click with Shift, or by dragging; shown where one writes.
const lineOf = (target) => target.closest?.(".workspace .nb-cell .line[id]");
const numberOf = (line) => Number(line.id.match(/-L(\d+)$/)?.[1]);
// Whether the number is meant, not the text: it stands in the padding at the line's start.
function inGutter(event, line) {
  return event.clientX - line.getBoundingClientRect().left < parseFloat(getComputedStyle(line).paddingInlineStart);
}

function paint(cell, from, to, name) {
  for (const line of cell.querySelectorAll(`.line.${name}`)) line.classList.remove(name);
  for (const line of cell.querySelectorAll(".line[id]")) {
    const number = numberOf(line);
    if (number >= from && number <= to) line.classList.add(name);
  }
}

// Marks the lines that are said something about in this place, and in the others of its cell.
export function mark(place) {
  const cell = place.closest(".nb-cell");
  if (!cell) return;
  for (const line of cell.querySelectorAll(".line.said-of")) line.classList.remove("said-of");
  for (const field of cell.querySelectorAll("input[name$=-lines]")) {
    const found = field.value.trim().match(/^(\d+)(?:\s?[-–]\s?(\d+))?$/);
    if (!found) continue;
    const [from, to] = [Number(found[1]), Number(found[2] ?? found[1])];
    for (const line of cell.querySelectorAll(".line[id]")) {
      if (numberOf(line) >= from && numberOf(line) <= to) line.classList.add("said-of");
    }
  }
}

export function start(comment) {
  let first = null; // the line that the choice began with, until the button is let go
  let last = null; // the line that was chosen before, for Shift
  let to = 0;
  const span = (one, other) => [Math.min(one, other), Math.max(one, other)];

  document.addEventListener("pointerdown", (event) => {
    const line = event.button === 0 && event.pointerType !== "touch" && lineOf(event.target);
    if (!line || !inGutter(event, line)) return;
    event.preventDefault();
    const anchored = event.shiftKey && last?.closest(".nb-cell") === line.closest(".nb-cell");
    first = anchored ? last : line;
    to = numberOf(line);
    paint(line.closest(".nb-cell"), ...span(numberOf(first), to), "choosing");
  });
  document.addEventListener("pointermove", (event) => {
    const line = first && lineOf(document.elementFromPoint(event.clientX, event.clientY) ?? event.target);
    if (!line || line.closest(".nb-cell") !== first.closest(".nb-cell")) return;
    to = numberOf(line);
    paint(line.closest(".nb-cell"), ...span(numberOf(first), to), "choosing");
  });
  document.addEventListener("pointerup", () => {
    if (!first) return;
    const cell = first.closest(".nb-cell");
    const [from, end] = span(numberOf(first), to);
    paint(cell, 0, 0, "choosing");
    [last, first] = [first, null];
    const same = [...cell.querySelectorAll("[data-said]")].find((one) => !one.querySelector("textarea").value.trim());
    const lines = from === end ? `${from}` : `${from}-${end}`;
    if (same) {
      same.querySelector("input[name$=-lines]").value = lines;
      mark(same);
      same.querySelector("textarea").focus();
    } else comment(cell, lines);
  });
  // A finger taps a number; the field beside the words takes more lines.
  document.addEventListener("click", (event) => {
    const line = event.pointerType === "touch" && lineOf(event.target);
    if (line && inGutter(event, line)) comment(line.closest(".nb-cell"), `${numberOf(line)}`);
  });
  for (const place of document.querySelectorAll(".cell-said [data-said]")) mark(place);
}
