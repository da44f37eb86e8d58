// The workspace of a review. Without this file it is a plain form; with it no word waits to be saved.
import { Copy } from "./copy.js";
import * as keys from "./keys.js";
import * as panels from "./panels.js";
import { add, remove, textOf } from "./places.js";
import { mark, start as lines } from "./lines.js";
import { restore } from "./restore.js";
import { Saver } from "./saver.js";
import { Trouble } from "./trouble.js";

const BEAT = 60_000;
const form = document.getElementById("draft");
const copy = new Copy(form);
const trouble = new Trouble(document.getElementById("trouble"));
const saver = new Saver(form, copy, trouble);
let going = false; // on to the preview, with everything saved

function changed() {
  saver.changed();
  panels.count();
}

document.addEventListener("input", (event) => {
  if (event.target.form !== form) return;
  changed();
  if (event.target.name.endsWith("-lines")) mark(event.target.closest("[data-said]"));
});

async function preview() {
  changed();
  if (!(await saver.save())) return;
  going = true;
  location.assign(form.dataset.preview);
}

document.addEventListener("submit", (event) => {
  if (event.target !== form) return;
  event.preventDefault();
  const button = event.submitter;
  if (button?.name === "overwrite") saver.save(button.value);
  else if (button?.name === "preview") preview();
  else saver.save();
});

const actions = {
  retry: () => saver.save(),
  take: () => copy.clear(true), // what was saved elsewhere is chosen; the link goes there
  copy: async (button) => {
    const words = [...document.querySelectorAll("textarea")].filter((area) => area.form === form);
    await navigator.clipboard.writeText(words.map((area) => area.value.trim()).filter(Boolean).join("\n\n"));
    button.textContent = "Copied";
  },
  add: (button) => {
    const { criterion } = button.dataset;
    textOf(add(form, { criterion })).focus();
  },
  comment: (button) => comment(button.closest(".nb-cell")),
  remove: (button) => remove(button.closest("[data-said]"), changed),
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  const act = actions[button?.dataset.do];
  if (!act) return;
  if (button.type === "submit") event.preventDefault();
  act(button);
});

addEventListener("online", () => saver.hurry());
addEventListener("focus", () => saver.hurry());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") saver.leaving();
  else saver.hurry();
});
addEventListener("pagehide", () => going || saver.leaving());
addEventListener("pageshow", (event) => event.persisted && location.reload());
addEventListener("beforeunload", (event) => {
  if (!going && !saver.clean && !copy.works) event.preventDefault();
});

// The claim may run out, and the round be withdrawn, while nothing is typed.
setInterval(() => {
  if (document.visibilityState === "visible" && !saver.tries) saver.renew().catch(() => {});
}, BEAT);

function comment(section, lines = "") {
  const [, file, cell] = section.id.match(/^n(\d+)-(\d+)$/);
  const place = add(form, { file, cell, lines });
  mark(place);
  textOf(place).focus();
}

for (const button of document.querySelectorAll("[data-without-scripts]")) button.hidden = true;
panels.start();
lines(comment);
keys.start({ comment, preview });
restore(form, copy, saver);
if ("unsaved" in form.dataset) changed();
