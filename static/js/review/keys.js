// Keys of the workspace: j and k along the cells, c comments on one, e goes to what is still to be answered.
import { reveal } from "./panels.js";
import { textOf } from "./places.js";

const typing = (target) => target.closest("input:not([type=radio], [type=checkbox]), textarea, select, dialog, [popover]");
const cells = () => [...document.querySelectorAll(".nb-cell[id]")];
export const current = () => document.querySelector(".nb-cell.current");

export function select(cell) {
  for (const other of document.querySelectorAll(".nb-cell.current")) other.classList.toggle("current", other === cell);
  cell.classList.add("current");
}

// Where the reader is: the marked cell while it is in sight, else the first that is.
function here() {
  const marked = current();
  const seen = (cell) => {
    const box = cell.getBoundingClientRect();
    return box.bottom > 80 && box.top < innerHeight;
  };
  return marked && seen(marked) ? marked : cells().find(seen);
}

function step(by) {
  const all = cells();
  const at = all.indexOf(here());
  const marked = current() && current() === all[at];
  const next = all[Math.min(Math.max(marked ? at + by : Math.max(at, 0), 0), all.length - 1)];
  if (!next) return;
  select(next);
  next.scrollIntoView({ block: next.offsetHeight > innerHeight * 0.7 ? "start" : "center" });
  next.querySelector(".nb-number")?.focus({ preventScroll: true });
}

// The next question without a score, after the one that is open; then the summary.
function answer() {
  const cards = [...document.querySelectorAll(".criterion")];
  const inside = document.activeElement.closest(".criterion");
  const after = cards.slice(cards.indexOf(inside) + 1);
  const card = after.find((one) => !one.querySelector("input[name^=score-]:checked")?.value);
  if (inside) inside.open = false;
  const field = card ? card.querySelector("input[name^=score-]:checked, input[name^=score-]") : null;
  const goal = field ?? (card ? textOf(card.querySelector("[data-said]")) : document.getElementById("summary"));
  reveal(goal);
  (card ?? goal).scrollIntoView({ block: "nearest" });
  goal.focus({ preventScroll: true });
}

export function start({ comment, preview }) {
  const actions = {
    j: () => step(1),
    k: () => step(-1),
    c: () => here() && comment(here()),
    e: answer,
  };
  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      preview();
    } else if (event.key === "Escape" && typing(event.target) && !event.target.closest("dialog")) {
      event.target.blur();
    } else if (!event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target) && Object.hasOwn(actions, event.key)) {
      event.preventDefault();
      actions[event.key]();
    }
  });
}
