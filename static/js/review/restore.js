// What this browser still holds and the server never got: put back by itself, or offered beside newer words.
import { essence, fieldsOf } from "./copy.js";
import { fill } from "./places.js";

const EARLIER = ":earlier";

export function restore(form, copy, saver) {
  const found = copy.read();
  const same = (one) => essence(one.fields) === essence(fieldsOf(form));
  if (found && same(found)) copy.clear(true);
  else if (found && found.version === form.elements.version.value) {
    fill(form, found.fields);
    tell("back", found.at);
    saver.changed();
  } else if (found) {
    localStorage.setItem(copy.key + EARLIER, JSON.stringify(found));
    copy.clear(true);
  }
  const earlier = JSON.parse(localStorage.getItem(copy.key + EARLIER) ?? "null");
  if (earlier && !same(earlier)) offer(form, copy, saver, earlier);
  else localStorage.removeItem(copy.key + EARLIER);
}

function tell(kind, at) {
  const box = document.getElementById("restored");
  for (const part of box.querySelectorAll("[data-restored]")) part.hidden = part.dataset.restored !== kind;
  for (const time of box.querySelectorAll("[data-when]")) time.textContent = new Date(at).toLocaleString();
  box.hidden = false;
  return box;
}

function offer(form, copy, saver, earlier) {
  const box = tell("other", earlier.at);
  const words = earlier.fields.filter(([name, value]) => /^(summary|comment-.*-text)$/.test(name) && value.trim());
  box.querySelector("[data-words]").replaceChildren(
    ...words.map(([, value]) => {
      const quote = document.createElement("blockquote");
      quote.textContent = value;
      return quote;
    }),
  );
  box.addEventListener("click", (event) => {
    const act = event.target.closest("[data-do]")?.dataset.do;
    if (!act) return;
    if (act === "put-back") {
      fill(form, earlier.fields);
      saver.changed();
    }
    localStorage.removeItem(copy.key + EARLIER);
    box.hidden = true;
  });
}
