// Keys: / to the search of the page, or to that of the program, ? for the list of keys, j and k along rows marked `data-row`, Enter opens the row.
const typing = (target) => target.closest("input, textarea, select, [contenteditable], dialog, [popover]");

function step(rows, by) {
  const here = rows.findIndex((row) => row.classList.contains("current") || row.contains(document.activeElement));
  const row = rows[here < 0 ? 0 : Math.min(Math.max(here + by, 0), rows.length - 1)];
  for (const other of rows) other.classList.toggle("current", other === row);
  (row.querySelector("a, button") ?? row).focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

const actions = {
  "/": () => {
    const field = document.querySelector("input[type=search]");
    if (field) field.focus();
    else document.querySelector("a[data-search]")?.click();
  },
  "?": () => document.getElementById("keys")?.showModal(),
  j: () => step([...document.querySelectorAll("[data-row]")], 1),
  k: () => step([...document.querySelectorAll("[data-row]")], -1),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
  if ("jk".includes(event.key) && !document.querySelector("[data-row]")) return;
  if (!Object.hasOwn(actions, event.key)) return;
  event.preventDefault();
  actions[event.key]();
});

// The button that opens the list of keys is drawn by the page, and shown only where this script runs.
for (const button of document.querySelectorAll("[data-opens]")) {
  button.hidden = false;
  button.addEventListener("click", () => document.getElementById(button.dataset.opens)?.showModal());
}
