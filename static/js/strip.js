// On a phone the tabs of a cohort stand in one line: the page one is on is brought into sight.
for (const tab of document.querySelectorAll(".tabs.strip [aria-current]")) {
  tab.parentElement.scrollLeft = tab.offsetLeft - tab.parentElement.offsetLeft - 16;
}
