// Text and preview: in step while one scrolls; on a phone one of them at a time.
const wide = window.matchMedia("(min-width: 64rem)");

export function inStep(area) {
  const preview = document.querySelector(".desk-preview");
  const follow = () => {
    if (!wide.matches || preview.matches(":hover, :focus-within")) return;
    const box = area.getBoundingClientRect();
    const grown = area.scrollHeight <= area.clientHeight + 1;
    const passed = grown ? -box.top / (box.height - window.innerHeight) : area.scrollTop / (area.scrollHeight - area.clientHeight);
    if (!Number.isFinite(passed)) return;
    preview.scrollTop = Math.min(1, Math.max(0, passed)) * (preview.scrollHeight - preview.clientHeight);
  };
  window.addEventListener("scroll", follow, { passive: true });
  area.addEventListener("scroll", follow, { passive: true });
}

export function asTabs(desk) {
  const tabs = desk.querySelector("[data-sides]");
  if (!tabs) return;
  tabs.hidden = false;
  desk.dataset.shows = "text";
  tabs.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    desk.dataset.shows = button.dataset.side;
    for (const one of tabs.querySelectorAll("button")) one.setAttribute("aria-pressed", one === button);
  });
}
