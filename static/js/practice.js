// Practice by keyboard (Space or Enter reveals, 1 to 4 rate, u takes back) and by voice where the browser can listen.
// What is said never leaves the page: it becomes text in the answer's field. All of it works without this file.
const typing = (target) => target.closest("input:not([type=checkbox]), textarea, select, dialog, [contenteditable]");
const pressing = (target) => target.closest("button, a, summary, input");
const part = (selector) => document.querySelector(`#practice ${selector}`);

function reveal() {
  const details = part("[data-reveal]");
  if (!details || details.open) return false;
  details.open = true;
  part(".practice-rating")?.focus({ preventScroll: true });
  details.scrollIntoView({ block: "nearest" });
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.repeat || event.altKey) return;
  const shortcut = event.ctrlKey || event.metaKey;
  if (event.key === "Enter" && shortcut && event.target.id === "practice-text") {
    if (reveal()) event.preventDefault();
    return;
  }
  if (shortcut || typing(event.target)) return;
  if ((event.key === " " || event.key === "Enter") && !pressing(event.target)) {
    if (reveal()) event.preventDefault();
  } else if ("1234".includes(event.key) && part("[data-reveal]")?.open) {
    event.preventDefault();
    part(`[data-rating="${event.key}"]`)?.click();
  } else if (event.key === "u" && part("[data-undo]")) {
    event.preventDefault();
    part("[data-undo]").requestSubmit();
  }
});

const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;
let listening = null;

function stop() {
  listening?.stop();
  listening = null;
  part("[data-speak]")?.setAttribute("aria-pressed", "false");
}

function listen(button) {
  const field = part("#practice-text");
  const before = field.value ? `${field.value.trimEnd()} ` : "";
  listening = new Recognition();
  Object.assign(listening, { continuous: true, interimResults: true, lang: document.documentElement.lang });
  listening.onresult = ({ results }) => {
    const heard = [...results].map((result) => result[0].transcript).join("");
    field.value = (before + heard).slice(0, field.maxLength);
  };
  listening.onend = listening.onerror = stop;
  listening.start();
  button.setAttribute("aria-pressed", "true");
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-speak]");
  if (!button) return;
  if (listening) stop();
  else listen(button);
});
document.addEventListener("htmx:beforeRequest", stop);

function prepare() {
  for (const hint of document.querySelectorAll("#practice [data-keys]")) hint.hidden = !matchMedia("(pointer: fine)").matches;
  for (const offer of document.querySelectorAll("#practice [data-speech]")) offer.hidden = !Recognition;
}
document.addEventListener("htmx:afterSettle", prepare);
prepare();
