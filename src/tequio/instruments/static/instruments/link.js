// One question a screen without asking for each: all of them came with the page, so a signal that
// goes away stops nobody. What opens the draft stands in the page and in no cookie. His answers may
// wait on the telephone, sealed; of hers nothing is written there. Without this file the same forms
// work one by one.

const RETRY = 8000;
const KEPT_DAYS = 14;
let code = "";
let run = null;

start();

function start() {
  // The code stands behind the mark of the address, which no server is told; it goes from there too.
  if (window.location.hash.length > 1) {
    code = decodeURIComponent(window.location.hash.slice(1));
    window.history.replaceState(null, "", window.location.pathname);
  }
  arrived();
}

// The link opened again where it is open already: the browser loads nothing, and only what stands
// behind the mark changes. A mark of the page itself (to skip to its content) is no link.
window.addEventListener("hashchange", () => {
  const mark = window.location.hash.slice(1);
  if (mark && !document.getElementById(mark)) window.location.reload();
});

// --- Any page ------------------------------------------------------------------------------------

function arrived() {
  const field = document.getElementById("codigo");
  if (field && code && !field.value) field.value = code;
  if (field && field.value) document.querySelector("[data-code]").hidden = !document.querySelector("[role=alert]");
  const form = document.querySelector("[data-asking]");
  run = form && new Run(form);
  if (!run) document.getElementById("pin")?.focus({ preventScroll: true });
}

function show(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  document.body.replaceChildren(...page.body.children);
  window.scrollTo(0, 0);
  arrived();
  if (!run && !document.getElementById("pin")) document.getElementById("contenido").focus({ preventScroll: true });
}

// Who stands before the server (a proxy, while it starts again) is no server: that is no signal.
const AWAY = [502, 503, 504];

async function post(fields) {
  const answer = await fetch(window.location.pathname, { method: "POST", body: fields, cache: "no-store", credentials: "omit" });
  if (AWAY.includes(answer.status)) throw new Error("away");
  return answer;
}

function fieldsOf(form, step) {
  const fields = new URLSearchParams(new FormData(form));
  fields.set("paso", step);
  return fields;
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const step = event.submitter?.value || "";
  event.preventDefault();
  if (run && form === run.form) { run.press(step); return; }
  const fields = fieldsOf(form, step);
  if (["otras", "acompanada"].includes(step)) { leaveTheSubject(fields); return; }
  const button = event.submitter;
  if (button) button.disabled = true;
  try {
    show(await (await post(fields)).text());
  } catch {
    if (button) button.disabled = false;
    said(form);
  }
});

// A signal must not decide how fast the questions go: they are gone before anybody is asked.
async function leaveTheSubject(fields) {
  run = null;
  const words = document.createElement("p");
  words.textContent = "…";
  document.getElementById("contenido").replaceChildren(words);
  for (;;) {
    try {
      show(await (await post(fields)).text());
      return;
    } catch {
      await later();
    }
  }
}

function later() {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, RETRY);
    window.addEventListener("online", () => { clearTimeout(timer); resolve(); }, { once: true });
  });
}

function said(form) {
  const words = form.querySelector("[data-no-signal]");
  if (words) words.hidden = false;
}

// A page that the browser kept whole shows the beginning again, never what was answered.
window.addEventListener("pageshow", (event) => { if (event.persisted) { document.body.replaceChildren(); window.location.reload(); } });

// --- The questions -------------------------------------------------------------------------------

class Run {
  constructor(form) {
    this.form = form;
    this.screens = [...form.querySelectorAll(".screen")];
    this.flags = JSON.parse(form.dataset.flags || "{}");
    this.saving = false;
    this.again = false;
    this.over = false;
    this.store = form.hasAttribute("data-keeps") ? new Kept(form) : null;
    form.addEventListener("change", () => this.changed());
    this.draw();
    if (this.store) this.recall();
  }

  get at() { return this.form.elements.en.value; }

  get asked() { return this.screens.filter((one) => this.isAsked(one)); }

  press(step) {
    if (step === "terminar") this.finish();
    else if (step === "luego") this.leave();
    else this.go(step === "atras" ? -1 : 1);
  }

  go(step) {
    const names = this.asked.map((one) => one.dataset.name);
    const here = Math.max(names.indexOf(this.at), 0);
    this.form.elements.en.value = names[Math.min(Math.max(here + step, 0), names.length - 1)];
    this.draw();
    window.scrollTo(0, 0);
    this.form.querySelector(".screen:not([hidden]) h1")?.focus({ preventScroll: true });
    this.save();
  }

  draw() {
    const names = this.asked.map((one) => one.dataset.name);
    const here = Math.max(names.indexOf(this.at), 0);
    const last = here === names.length - 1;
    for (const one of this.screens) one.hidden = one.dataset.name !== names[here];
    const words = this.form.querySelector("[data-number]");
    words.textContent = last ? "" : words.dataset.words.replace("{n}", here + 1).replace("{total}", names.length - 1);
    Object.assign(this.form.querySelector("progress"), { max: names.length - 1, value: here });
    this.form.querySelector("[data-next]").hidden = last;
    this.form.querySelector("[data-finish]").hidden = !last;
    this.form.querySelector("[data-back]").hidden = here === 0;
  }

  changed() {
    const numbers = this.form.querySelector("[data-numbers]");
    numbers.hidden = !Object.entries(this.flags).some(([name, codes]) => this.given(name).split(" ").some((one) => codes.includes(one)));
  }

  // The same conditions as the server reads (rules/asking.py).
  isAsked(screen) {
    const only = screen.dataset.only ? JSON.parse(screen.dataset.only) : [];
    return only.every((one) => this.isMet(one));
  }

  isMet(one) {
    if (one.above !== null) {
      const all = one.sumOf.map((name) => this.counts(name));
      const known = all.filter((value) => value !== null);
      return known.length < all.length || known.reduce((sum, value) => sum + value, 0) > one.above;
    }
    const given = this.given(one.item);
    return one.has ? given.split(" ").includes(one.has) : !one.notIn.includes(given);
  }

  inputs(name) { return [...this.form.querySelectorAll(`[name="${name}"]`)]; }

  given(name) {
    return this.inputs(name).filter((one) => !["radio", "checkbox"].includes(one.type) || one.checked).map((one) => one.value.trim()).filter(Boolean).join(" ");
  }

  counts(name) {
    const chosen = this.inputs(name).find((one) => one.checked);
    const plain = this.inputs(name).find((one) => !["radio", "checkbox"].includes(one.type));
    const value = chosen ? chosen.dataset.counts : plain?.value.trim();
    return value && Number.isFinite(Number(value)) ? Number(value) : null;
  }

  // One at a time; what changed meanwhile goes afterwards.
  async save() {
    if (this.over) return;
    if (this.saving) { this.again = true; return; }
    this.saving = true;
    try {
      const answer = await post(fieldsOf(this.form, "guardar"));
      if (answer.status === 204) { this.waits(false); await this.one(() => this.store?.drop()); }
      else if (run === this && !this.over) { this.over = true; show(await answer.text()); }
    } catch {
      await this.wait();
    }
    this.saving = false;
    if (this.again) { this.again = false; this.save(); }
  }

  async leave() {
    try {
      show(await (await post(fieldsOf(this.form, "luego"))).text());
      await this.one(() => this.store?.drop());
    } catch {
      await this.wait();
    }
  }

  // Until an answer arrives; the server takes it once, however often it comes.
  async finish() {
    if (this.over) return;
    this.over = true;
    this.waits(false);
    for (const button of this.form.querySelectorAll("button")) button.disabled = true;
    const fields = fieldsOf(this.form, "terminar");
    for (;;) {
      try {
        const text = await (await post(fields)).text();
        if (run === this) show(text);
        // Only what was taken is forgotten here.
        if (document.querySelector("[data-over]")) await this.one(() => this.store?.drop());
        return;
      } catch {
        await this.wait();
        await later();
      }
    }
  }

  // What the page says is true only once it is: first it is kept, where it may be.
  async wait() {
    const over = this.over;
    const kept = Boolean(await this.one(() => this.store?.put(this.whole())));
    if (over !== this.over) return;
    for (const words of this.form.querySelectorAll("[data-waits] [data-kept]")) words.hidden = (words.dataset.kept === "yes") !== kept;
    this.waits(true);
  }

  // One after the other, or what is older might be written last.
  one(work) {
    this.keeping = Promise.resolve(this.keeping).then(work);
    return this.keeping;
  }

  waits(yes) { this.form.querySelector("[data-waits]").hidden = !yes; }

  // Once it was finished, a slower keeping from before makes it no draft again.
  whole() { return { at: this.at, finished: this.over, fields: [...new FormData(this.form)].filter(([name]) => /^(no_)?p\d/.test(name)) }; }

  async recall() {
    const kept = await this.store.get();
    if (!kept || run !== this) return;
    for (const one of this.form.querySelectorAll(".screen :is(input, textarea)")) {
      const said = kept.fields.filter(([name]) => name === one.name).map(([, value]) => value);
      if (["radio", "checkbox"].includes(one.type)) one.checked = said.includes(one.value);
      else one.value = said[0] || "";
    }
    this.form.elements.en.value = kept.at;
    this.draw();
    this.changed();
    if (kept.finished) this.finish();
    else this.save();
  }
}

// --- On his telephone, while there is no signal --------------------------------------------------

// Sealed with what only code and PIN give back; without a secure connection there is none of it.
class Kept {
  constructor(form) {
    this.code = form.elements.codigo.value;
    this.secret = form.elements.llave.value;
  }

  get can() { return Boolean(window.crypto?.subtle && window.indexedDB); }

  async key() {
    const raw = Uint8Array.from(atob(this.secret.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
    return crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
  }

  async name() {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`kept ${this.code}`)));
    return [...digest].map((one) => one.toString(16).padStart(2, "0")).join("");
  }

  async put(whole) {
    if (!this.can) return false;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const box = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await this.key(), new TextEncoder().encode(JSON.stringify(whole)));
    await work("readwrite", (store, name) => store.put({ iv, box, until: Date.now() + KEPT_DAYS * 86400000 }, name), await this.name()).catch(() => { this.failed = true; });
    return !this.failed;
  }

  async get() {
    if (!this.can) return null;
    const found = await work("readonly", (store, name) => store.get(name), await this.name()).catch(() => null);
    if (!found || found.until < Date.now()) return null;
    try {
      const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: found.iv }, await this.key(), found.box);
      return JSON.parse(new TextDecoder().decode(plain));
    } catch {
      return null;
    }
  }

  async drop() {
    if (this.can) await work("readwrite", (store, name) => store.delete(name), await this.name()).catch(() => null);
  }
}

function work(mode, what, name) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("encuesta", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("una");
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      // Only what is written to the end is kept when the page goes away the next moment.
      const turn = opening.result.transaction("una", mode, { durability: "strict" });
      const asked = what(turn.objectStore("una"), name);
      turn.oncomplete = () => { opening.result.close(); resolve(asked.result); };
      turn.onabort = () => { opening.result.close(); reject(turn.error); };
    };
  });
}
