// Says how many words of the limit are used: `<fieldset data-word-limit>` with `<textarea data-words>` in it.
for (const group of document.querySelectorAll("[data-word-limit]")) {
  const texts = [...group.querySelectorAll("[data-words]")];
  const said = group.querySelector("[data-words-said]");
  const count = () => {
    const words = texts.reduce((sum, text) => sum + (text.value.match(/\S+/g) ?? []).length, 0);
    said.textContent = `: ${words} now`;
    said.classList.toggle("text-bad", words > Number(group.dataset.wordLimit));
  };
  group.addEventListener("input", count);
  count();
}
