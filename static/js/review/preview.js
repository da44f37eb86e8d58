// Ctrl-Enter, which led here, publishes.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.repeat) return;
  event.preventDefault();
  document.querySelector("form.publish button[type=submit]").click();
});
