// Says what allauth's passkey scripts would only write to the console.
const TEXTS = {
  NotAllowedError: "No passkey was used. Try again, or sign in another way.",
  InvalidStateError: "This device has a passkey of yours already.",
  SecurityError: "Passkeys work only on a secure address of this site.",
};

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const line = document.createElement("p");
  line.className = "message error";
  line.setAttribute("role", "alert");
  line.textContent = TEXTS[event.detail.exception?.name] ?? "The passkey did not work. Try again, or sign in another way.";
  document.getElementById("messages").replaceChildren(line);
  line.scrollIntoView({ block: "nearest" });
});
