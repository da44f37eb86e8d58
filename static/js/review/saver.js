// Saves the draft on the server as it is typed, one save after another, and goes on trying while that fails.
const PAUSE = 800;
const AT_MOST = 5_000; // without a pause in the typing
const LONGEST_WAIT = 30_000;
const BEACON = 60_000; // bytes that a browser still sends while it leaves the page

export class Saver {
  constructor(form, copy, trouble) {
    Object.assign(this, { form, copy, trouble });
    this.typed = 0; // counts the changes
    this.saved = 0; // those that the server has
    this.since = 0;
    this.timer = 0;
    this.tries = 0;
    this.running = null;
    this.blocked = false; // by words from elsewhere, which the person chooses between
  }

  get clean() {
    return this.typed === this.saved;
  }

  changed() {
    if (this.clean) this.since = Date.now();
    this.typed += 1;
    this.copy.write();
    if (!this.blocked && !this.tries) this.later(Math.max(0, Math.min(PAUSE, this.since + AT_MOST - Date.now())));
  }

  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  // Whether the server has everything now. `overwrite`: the version whose words are to be replaced.
  async save(overwrite = "") {
    clearTimeout(this.timer);
    while (this.running) await this.running;
    this.running = this.send(overwrite);
    try {
      return await this.running;
    } finally {
      this.running = null;
    }
  }

  async send(overwrite) {
    const sent = this.typed;
    let answer;
    try {
      answer = await this.post(overwrite);
      if (answer.status === 403 && (await this.renew())) answer = await this.post(overwrite);
    } catch {
      return this.again("offline");
    }
    if (signedOut(answer) || answer.status === 403) return this.again("signed-out", 5_000);
    if (answer.status === 404) return this.again("gone", LONGEST_WAIT);
    if (answer.status === 429 || answer.status >= 500) return this.again("fault");
    if (answer.status === 413) return this.again("large", LONGEST_WAIT);
    this.tries = 0;
    this.trouble.hide();
    this.show(await answer.text());
    this.blocked = answer.status === 409;
    if (!answer.ok) return false;
    this.saved = sent;
    if (!this.clean) this.later(PAUSE);
    else this.copy.clear();
    return this.clean;
  }

  body(overwrite = "") {
    const body = new URLSearchParams(new FormData(this.form));
    if (overwrite) body.set("overwrite", overwrite);
    return body;
  }

  post(overwrite) {
    const headers = { "HX-Request": "true" };
    return fetch(this.form.getAttribute("action"), { method: "POST", body: this.body(overwrite), headers });
  }

  // A token of the session that the browser has now.
  async renew() {
    const answer = await fetch(this.form.dataset.state, { headers: { "HX-Request": "true" } });
    if (!answer.ok || signedOut(answer)) return false;
    this.show(await answer.text(), false);
    return true;
  }

  // Puts the parts of an answer into their places; the version only with a save: words of another window stay refused.
  show(html, withSaved = true) {
    const parts = new DOMParser().parseFromString(html, "text/html");
    const token = parts.querySelector("input[name=csrfmiddlewaretoken]")?.value;
    if (token) for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = token;
    for (const id of withSaved ? ["saved", "claim"] : ["claim"]) {
      const fresh = parts.getElementById(id);
      const old = document.getElementById(id);
      if (fresh && old && fresh.innerHTML !== old.innerHTML) old.replaceWith(document.adoptNode(fresh));
    }
    document.dispatchEvent(new CustomEvent("htmx:afterSettle")); // as htmx says it: for the clock of the claim
  }

  again(kind, wait = Math.min(LONGEST_WAIT, 1_000 * 2 ** (this.tries += 1))) {
    this.tries ||= 1;
    this.trouble.show(kind);
    this.later(wait);
    return false;
  }

  // The network or the person is back: do not wait until the next try.
  hurry() {
    if (this.tries && !this.running) this.save();
  }

  leaving() {
    if (this.clean) return;
    this.copy.write();
    const body = this.body();
    if (this.blocked || body.toString().length > BEACON) return;
    const headers = { "HX-Request": "true" };
    fetch(this.form.getAttribute("action"), { method: "POST", body, headers, keepalive: true }).catch(() => {});
  }
}

const signedOut = (answer) => answer.redirected && new URL(answer.url).pathname.startsWith("/accounts/");
