// A copy of the draft in this browser, from the first letter until the server has it.
const OWN = new Set(["csrfmiddlewaretoken", "version", "writer"]);
const tab = Math.random().toString(36).slice(2);

// What the form says, as a list of names and values.
export const fieldsOf = (form) => [...new FormData(form)].filter(([name, value]) => !OWN.has(name) && typeof value === "string");

// The same without places that are empty: two that are equal say the same.
export function essence(fields) {
  const text = new Map(fields.filter(([name]) => /^comment-.*-text$/.test(name)));
  const said = (name, value) => {
    const key = name === "comment" ? value : name.match(/^comment-(.*)-\w+$/)?.[1];
    return key === undefined || Boolean(text.get(`comment-${key}-text`)?.trim());
  };
  const kept = fields.filter(([name, value]) => value !== "" && said(name, value));
  return JSON.stringify(kept.map(([name, value]) => [name, value.replaceAll("\r\n", "\n").trim()]).sort());
}

export class Copy {
  constructor(form) {
    this.form = form;
    this.key = form.dataset.copy;
    this.works = true;
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(this.key));
    } catch {
      return null;
    }
  }

  write() {
    const { form } = this;
    const copy = { tab, version: form.elements.version.value, at: Date.now(), fields: fieldsOf(form) };
    try {
      localStorage.setItem(this.key, JSON.stringify(copy));
      this.works = true;
    } catch {
      this.works = false; // full, or forbidden: then leaving is asked about
    }
  }

  // Only what this tab has written, unless `all`.
  clear(all = false) {
    const copy = this.read();
    if (copy && (all || copy.tab === tab)) localStorage.removeItem(this.key);
  }
}
