// Images chosen, pasted or dropped: what they show is asked for, then they are sent, and stand where one was typing.
import { type } from "./typing.js";

let count = 0;

export function furnishImages(form, area) {
  const panel = form.querySelector("#add-figure");
  const [input, alt, button, fault] = ["#id_figure", "#id_figure_alt", "#send-figure", "#figure-error"].map((one) => panel.querySelector(one));
  let waiting = []; // chosen together with the one that is asked about
  input.multiple = true;

  function say(text) {
    fault.textContent = text;
    fault.hidden = !text;
    input.toggleAttribute("aria-invalid", Boolean(text));
    if (text) input.setAttribute("aria-invalid", "true");
  }

  function offer(files) {
    if (!files.length) return;
    const held = new DataTransfer();
    held.items.add(files[0]);
    input.files = held.files;
    waiting = files.slice(1);
    say("");
    panel.open = true;
    alt.value = "";
    panel.scrollIntoView({ block: "nearest" });
    alt.focus({ preventScroll: true });
  }

  const own = (transfer) => [...(transfer?.files ?? [])];

  input.addEventListener("change", () => offer(own(input)));
  area.addEventListener("paste", (event) => {
    const files = own(event.clipboardData).filter((file) => file.type.startsWith("image/"));
    if (!files.length || event.clipboardData.getData("text/plain")) return;
    event.preventDefault();
    offer(files);
  });
  area.addEventListener("dragover", (event) => {
    if (event.dataTransfer.types.includes("Files")) event.preventDefault();
  });
  area.addEventListener("drop", (event) => {
    const files = own(event.dataTransfer);
    if (!files.length) return;
    event.preventDefault(); // whatever it is: the browser would leave the page to show it
    offer(files);
  });
  alt.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    button.click();
  });

  // In the place of the words that stood there meanwhile; the person may be typing elsewhere.
  function replace(place, text) {
    const at = area.value.indexOf(place);
    if (at < 0) return;
    const { selectionStart: from, selectionEnd: to } = area;
    const moved = (point) => (point <= at ? point : Math.max(at + text.length, point + text.length - place.length));
    const focus = document.activeElement;
    type(area, at, at + place.length, text, [moved(from), moved(to)]);
    if (focus !== area) focus?.focus({ preventScroll: true });
  }

  async function send(file, words, place) {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.set("figure", file);
    body.set("figure_alt", words);
    let answer;
    try {
      answer = await fetch(panel.dataset.address, { method: "POST", body, headers: { "HX-Request": "true" } });
    } catch {
      return "No connection: the image was not sent. Try again when you are online.";
    }
    if (answer.redirected && new URL(answer.url).pathname.startsWith("/accounts/")) return "You are signed out. Sign in in another tab, then try again.";
    if (answer.status === 413) return "The image is too large to be sent.";
    if (![200, 409, 422].includes(answer.status)) return "The image could not be stored. Try again in a moment.";
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("figures");
    if (!answer.ok) return fresh?.querySelector(".errorlist")?.textContent.trim() || "The image was refused.";
    const markdown = fresh.dataset.new;
    document.getElementById("figures").replaceWith(document.adoptNode(fresh));
    window.htmx?.process(fresh);
    replace(place, markdown);
    return "";
  }

  button.addEventListener("click", async (event) => {
    event.preventDefault();
    const [file] = input.files;
    if (!file) return say("Choose an image first.");
    const words = alt.value.trim();
    count += 1;
    const place = `![Sending ${file.name.replace(/[[\]\n]/g, " ").slice(0, 60)} (${count}) …]()`;
    const before = area.value[area.selectionStart - 1];
    const after = area.value[area.selectionEnd];
    const alone = (before === undefined || before === "\n" ? "" : "\n\n") + place + (after === undefined || after === "\n" ? "" : "\n\n");
    type(area, area.selectionStart, area.selectionEnd, alone);
    button.disabled = true;
    const trouble = await send(file, words, place);
    button.disabled = false;
    if (trouble) {
      replace(place, "");
      say(trouble);
      return input.focus();
    }
    input.value = "";
    alt.value = "";
    if (waiting.length) return offer(waiting);
    panel.open = false;
    area.focus({ preventScroll: true });
  });

  return { choose: () => ((panel.open = true), input.click()) };
}
