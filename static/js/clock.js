// A clock on what ends: `[data-clock] time` counts down to its moment, and `[data-ended]` beside it shows when it is over.
// On what runs, `time[data-runs]` counts up from its moment, as study/heatmap.py writes hours.
const MINUTE = 60_000;

function left(milliseconds) {
  const minutes = Math.ceil(milliseconds / MINUTE);
  const hours = Math.floor(minutes / 60);
  return hours ? `${hours} h ${minutes % 60} min left` : `${minutes} min left`;
}

function passed(milliseconds) {
  const minutes = Math.max(Math.floor(milliseconds / MINUTE), 0);
  const hours = Math.floor(minutes / 60);
  return [hours && `${hours} h`, (minutes % 60 || !hours) && `${minutes % 60} min`].filter(Boolean).join(" ");
}

function tick() {
  for (const time of document.querySelectorAll("time[data-runs]")) {
    time.textContent = passed(Date.now() - Date.parse(time.dateTime));
  }
  for (const clock of document.querySelectorAll("[data-clock]")) {
    const time = clock.querySelector("time");
    const rest = Date.parse(time.dateTime) - Date.now();
    time.textContent = rest > 0 ? left(rest) : "it has ended";
    const ended = clock.closest("[data-claim]")?.querySelector("[data-ended]");
    if (ended) ended.hidden = rest > 0;
  }
}

tick();
setInterval(tick, MINUTE / 4);
document.addEventListener("visibilitychange", tick); // a page that slept shows the truth when it is looked at again
document.addEventListener("htmx:afterSettle", tick);
