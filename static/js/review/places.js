// Places to comment: made from the page's <template>, on a question, on a cell or on the whole; removed with a way back.
const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");

export const placeOf = (key) => document.querySelector(`[data-said="${CSS.escape(key)}"]`);
export const textOf = (place) => place.querySelector("textarea");

function listFor({ criterion, file, cell }) {
  if (criterion) return document.querySelector(`[data-places="criterion-${CSS.escape(criterion)}"]`);
  if (!file || !cell) return null;
  const section = document.getElementById(`n${file}-${cell}`);
  if (!section) return null;
  let list = section.querySelector(":scope > .cell-said");
  if (!list) {
    list = document.createElement("div");
    list.className = "cell-said stack tight";
    const button = section.querySelector(":scope > .cell-comment");
    if (button) button.before(list);
    else section.append(list);
  }
  return list;
}

function title({ criterion, cell }) {
  if (criterion) return document.querySelector(`[data-places="criterion-${CSS.escape(criterion)}"]`)?.dataset.on ?? "this question";
  return cell ? `cell ${cell}` : "the whole round";
}

// A new place, or the empty one that waits there already.
export function add(form, said = {}) {
  const key = said.key ?? newKey();
  const list = listFor(said) ?? document.querySelector('[data-places="round"]');
  const template = document.getElementById(said.cell ? "said-on-cell" : "said-template");
  const holder = document.createElement("div");
  holder.append(template.content.cloneNode(true));
  const on = title(said).replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
  holder.innerHTML = holder.innerHTML.replaceAll("__key__", key).replaceAll("__on__", on);
  const place = holder.firstElementChild;
  for (const name of ["criterion", "file", "cell"]) {
    const input = place.querySelector(`[name="comment-${key}-${name}"]`);
    if (said[name]) input.value = said[name];
    else input?.remove();
  }
  list.append(place);
  write(place, said);
  return place;
}

export function write(place, { text, lines, blocking }) {
  const field = (part) => place.querySelector(`[name$="-${part}"]`);
  if (text !== undefined) field("text").value = text;
  if (lines !== undefined && field("lines")) field("lines").value = lines;
  if (blocking !== undefined) field("blocking").checked = blocking;
}

// Takes a place out, and offers to put it back while the page is open.
export function remove(place, changed) {
  const line = document.createElement("p");
  line.className = "removed small soft";
  line.setAttribute("role", "status");
  const undo = document.createElement("button");
  undo.type = "button";
  undo.className = "button small quiet";
  undo.textContent = "Put it back";
  undo.addEventListener("click", () => {
    line.replaceWith(place);
    textOf(place).focus();
    changed();
  });
  line.append("Removed. ", undo);
  const empty = !textOf(place).value.trim();
  place.replaceWith(...(empty ? [] : [line]));
  if (!empty) undo.focus();
  changed();
}

// Makes the form say what `fields` say: names and values as `fieldsOf` gives them.
export function fill(form, fields) {
  const values = new Map(fields);
  for (const field of form.elements) {
    if (!field.name || field.name.startsWith("comment") || field.type === "hidden" || field.type === "submit") continue;
    if (field.type === "radio" || field.type === "checkbox") field.checked = (values.get(field.name) ?? "") === field.value;
    else field.value = values.get(field.name) ?? "";
  }
  const keys = fields.filter(([name]) => name === "comment").map(([, key]) => key);
  const said = keys.map((key) => {
    const part = (name) => values.get(`comment-${key}-${name}`);
    const places = { criterion: part("criterion"), file: part("file"), cell: part("cell"), lines: part("lines") };
    return { key, text: part("text") ?? "", blocking: Boolean(part("blocking")), ...places };
  });
  for (const place of document.querySelectorAll("[data-said]")) {
    if (!keys.includes(place.dataset.said) && textOf(place).value.trim()) place.remove();
  }
  for (const one of said.filter(({ text }) => text.trim())) {
    const place = placeOf(one.key);
    if (place) write(place, one);
    else add(form, one);
  }
}
