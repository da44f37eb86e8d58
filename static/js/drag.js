// Rows marked `data-drag` can be dropped on what is marked `data-drop`: that sends the row's own form with its select set.
let dragged = null;

function prepare() {
  for (const row of document.querySelectorAll("[data-drag]")) row.draggable = true;
  for (const hint of document.querySelectorAll("[data-drag-hint]")) hint.hidden = !matchMedia("(pointer: fine)").matches;
}

const target = (event) => (dragged ? event.target.closest?.("[data-drop]") : null);

document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[data-drag]") ?? null;
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.dataset.drag);
  dragged.classList.add("dragged");
});
document.addEventListener("dragover", (event) => {
  const over = target(event);
  for (const one of document.querySelectorAll("[data-drop].target")) one.classList.toggle("target", one === over);
  if (!over) return;
  over.classList.add("target");
  event.preventDefault();
});
document.addEventListener("drop", (event) => {
  const over = target(event);
  const select = dragged?.querySelector("select");
  if (!over || !select) return;
  event.preventDefault();
  select.value = over.dataset.drop;
  select.form.requestSubmit();
});
document.addEventListener("dragend", () => {
  for (const one of document.querySelectorAll(".target, .dragged")) one.classList.remove("target", "dragged");
  dragged = null;
});
document.addEventListener("htmx:afterSettle", prepare);
prepare();
