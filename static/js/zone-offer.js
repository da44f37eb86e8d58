// Offers the zone of this browser beside the select that `data-zone-offer` names, where another one is chosen.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
for (const offer of document.querySelectorAll("[data-zone-offer]")) {
  const select = document.getElementById(offer.dataset.zoneOffer);
  const known = [...select.options].some((option) => option.value === zone);
  const show = () => { offer.hidden = !known || select.value === zone; };
  offer.querySelector("[data-zone-name]").textContent = zone;
  offer.querySelector("button").addEventListener("click", () => {
    select.value = zone;
    select.dispatchEvent(new Event("input", { bubbles: true }));
    select.focus();
    show();
  });
  select.addEventListener("change", show);
  select.closest(".field").append(offer);
  show();
}
