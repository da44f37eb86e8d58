// What the server has not got yet stays in this browser, and is put back when the page is opened again. If another text
// was saved meanwhile it is put back over the version that it began from: saving then shows both.
import { Copy, essence, fieldsOf } from "../review/copy.js";

const elsewhere = (path) => path.startsWith("/accounts/");

function fill(form, fields) {
  for (const [name, value] of fields) {
    const field = form.elements[name];
    if (field?.type && !["hidden", "submit", "file"].includes(field.type)) field.value = value;
  }
}

export function keepWords(form) {
  const copy = new Copy(form);
  let typed = 0;
  let sent = 0;
  form.addEventListener("input", () => {
    typed += 1;
    copy.write();
  });
  form.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target === form) sent = typed;
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    const { xhr, successful } = event.detail;
    if (event.target !== form || !successful || !xhr.responseURL || sent !== typed) return;
    if (!elsewhere(new URL(xhr.responseURL).pathname)) copy.clear();
  });
  if ("unsaved" in form.dataset) return copy.write(); // the page holds what was typed
  const found = copy.read();
  if (!found) return;
  if (essence(found.fields) === essence(fieldsOf(form))) return copy.clear(true);
  fill(form, found.fields);
  form.elements.version.value = found.version;
  const say = () => form.elements.body.dispatchEvent(new Event("input", { bubbles: true }));
  // htmx listens from there on: then it is saved.
  if (document.readyState === "complete") setTimeout(say);
  else document.addEventListener("DOMContentLoaded", say);
}

window.addEventListener("online", () => {
  const form = document.getElementById("post-form");
  if (form && new Copy(form).read()) form.elements.body.dispatchEvent(new Event("input", { bubbles: true }));
});
