// What htmx alone would keep silent about: no answer, a fault, a session that has ended.
function say(text) {
  const line = document.createElement("p");
  line.className = "message error";
  line.setAttribute("role", "alert");
  line.textContent = text;
  document.getElementById("messages").replaceChildren(line);
  line.scrollIntoView({ block: "nearest" });
}

document.addEventListener("htmx:sendError", () => say("No connection. Nothing was saved: try again when you are online."));
document.addEventListener("htmx:timeout", () => say("This takes too long. Reload the page to see whether it was saved."));
document.addEventListener("htmx:responseError", (event) => {
  const status = event.detail.xhr.status;
  if (status === 403) say("This page has grown old. Reload it and try again.");
  else if (status === 404) say("This is not here any more. Reload the page.");
  else if (status === 413) say("This is larger than can be saved at once. Nothing was saved; all of it is still on this page.");
  else if (status === 429) say("Too many tries. Wait a minute.");
  else say("Something went wrong on our side, and nothing was saved. Try again in a moment.");
});

// The answer is the sign-in page: go there, rather than show it inside this one.
document.addEventListener("htmx:beforeSwap", (event) => {
  const address = new URL(event.detail.xhr.responseURL, location.href);
  if (address.pathname.startsWith("/accounts/") && !location.pathname.startsWith("/accounts/")) {
    event.detail.shouldSwap = false;
    location.assign(`/accounts/login/?next=${encodeURIComponent(location.pathname + location.search)}`);
  }
});

// A refusal is said at the top of the page: bring it into sight.
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "messages") event.detail.target.scrollIntoView({ block: "nearest" });
});
