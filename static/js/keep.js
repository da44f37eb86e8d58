// A form that saves itself (`data-copy`, a `version` in it): what the server has not got yet stays in this browser.
import { Copy, essence, fieldsOf } from "./review/copy.js";

const form = document.querySelector("form[data-copy]");
const copy = new Copy(form);
const elsewhere = (path) => path.startsWith("/accounts/");
let typed = 0;
let sent = 0;

function fill(fields) {
  const values = new Map(fields);
  for (const field of form.elements) {
    if (!field.name || field.type === "hidden" || field.type === "submit" || !values.has(field.name)) continue;
    if (field.type === "radio" || field.type === "checkbox") field.checked = values.get(field.name) === field.value;
    else field.value = values.get(field.name);
  }
}

form.addEventListener("input", () => {
  typed += 1;
  copy.write();
});
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.id === "saved") sent = typed;
});
document.addEventListener("htmx:afterRequest", (event) => {
  const { xhr, successful } = event.detail;
  if (event.target.id !== "saved" || !successful || !xhr.responseURL) return;
  if (!elsewhere(new URL(xhr.responseURL).pathname) && sent === typed) copy.clear();
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-forget]")) copy.clear(true);
});

const found = copy.read();
if (found && essence(found.fields) === essence(fieldsOf(form))) copy.clear(true);
else if (found && found.version === form.elements.version.value) {
  fill(found.fields);
  // htmx listens from here on: then it is saved.
  document.addEventListener("DOMContentLoaded", () => form.dispatchEvent(new Event("input", { bubbles: true })));
} else copy.clear(true);
