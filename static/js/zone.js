// Tells forms the zone of this browser: `<input data-browser-zone>`, unless something stands in it already.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
for (const input of document.querySelectorAll("[data-browser-zone]")) {
  if (zone && !input.value) input.value = zone;
}
