// One part of the review at a time, and in the list of questions what is said of each so far.
const links = [...document.querySelectorAll(".panel-tabs a")];
const panelOf = (link) => document.querySelector(link.hash);

export function open(panel) {
  for (const link of links) {
    const here = panelOf(link) === panel;
    if (here) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
    panelOf(link).hidden = !here;
  }
}

// Brings `element` into sight, whatever panel or fold it stands in.
export function reveal(element) {
  const panel = element.closest(".panel");
  if (panel?.hidden) open(panel);
  for (let fold = element.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  element.scrollIntoView({ block: "nearest" });
}

export function count() {
  const cards = [...document.querySelectorAll(".criterion")];
  let scored = 0;
  for (const card of cards) {
    const level = card.querySelector("input[name^=score-]:checked");
    const said = [...card.querySelectorAll("[data-said] textarea")].filter((area) => area.value.trim()).length;
    const parts = level?.value ? [card.querySelector(`label[for="${CSS.escape(level.id)}"]`).textContent] : [];
    scored += parts.length;
    if (said) parts.push(`${said} comment${said > 1 ? "s" : ""}`);
    const state = card.querySelector(".criterion-state");
    if (state.textContent !== parts.join(", ")) state.textContent = parts.join(", ");
  }
  const shown = document.querySelector("[data-count=scored]");
  if (shown) shown.textContent = `${scored} of ${cards.length}`;
}

// Where there is one column: the way to the other half of the page, not to the one that is being read.
function ways() {
  const [there, back] = [document.querySelector(".to-review"), document.querySelector(".to-work")];
  const seen = new IntersectionObserver(([entry]) => {
    const reviewing = entry.isIntersecting || entry.boundingClientRect.top < 0;
    there.hidden = reviewing;
    back.hidden = !reviewing;
  }, { rootMargin: "0px 0px -50% 0px" });
  seen.observe(document.getElementById("your-review"));
}

export function start() {
  ways();
  const first = location.hash && links.find((link) => link.hash === location.hash);
  open(panelOf(first || links[0]));
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".panel-tabs a");
    if (!link) return;
    event.preventDefault();
    open(panelOf(link));
    document.querySelector("[data-panels]").scrollTop = 0;
  });
}
