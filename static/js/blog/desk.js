// The desk of a post. Everything on it works without this, but the toolbar, which then is not there.
import { furnishImages } from "./images.js";
import { keepWords } from "./kept.js";
import { asTabs, inStep } from "./sides.js";
import { furnishToolbar } from "./toolbar.js";

let furnished = null;

function furnish() {
  const form = document.getElementById("post-form");
  if (!form || form === furnished) return;
  furnished = form;
  const area = form.querySelector("#id_body");
  furnishToolbar(form, area);
  const images = furnishImages(form, area);
  form.querySelector("[data-act=image]").addEventListener("click", images.choose);
  keepWords(form);
  inStep(area);
}

furnish();
const desk = document.getElementById("desk");
if (desk) asTabs(desk);
// The server answers with a form in place of the one that was sent.
document.addEventListener("htmx:afterSettle", furnish);
