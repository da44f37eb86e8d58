// Puts a saved reply where one writes, beside the button; without this file the button saves the draft with it.
let last = null;
document.addEventListener("focusin", (event) => {
  if (event.target.matches("textarea")) last = event.target;
});
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button[data-insert]");
  const place = button?.closest(".criterion, fieldset, [data-said]");
  if (!place) return;
  const texts = [...place.querySelectorAll("textarea")];
  const text = texts.includes(last) && last.isConnected ? last : texts.find((one) => !one.value) ?? texts.at(-1);
  if (!text) return;
  event.preventDefault();
  const start = text.value && !text.value.endsWith("\n") ? `${text.value}\n\n` : text.value;
  text.value = start + button.dataset.insert;
  button.closest("details")?.removeAttribute("open");
  text.focus();
  text.dispatchEvent(new Event("input", { bubbles: true }));
});
