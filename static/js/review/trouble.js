// Says why the draft is not on the server yet, and what can be done: the words themselves stay in this browser.
export class Trouble {
  constructor(box) {
    this.box = box;
  }

  show(kind) {
    for (const line of this.box.querySelectorAll("[data-trouble]")) line.hidden = line.dataset.trouble !== kind;
    this.box.hidden = false;
    document.getElementById("saved")?.classList.add("stale");
  }

  hide() {
    this.box.hidden = true;
    document.getElementById("saved")?.classList.remove("stale");
  }
}
