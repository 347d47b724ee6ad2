// A screen that nobody touches for five minutes shows aliases and asks for the PIN. Nothing leaves
// the page: what was typed stays in it, hidden, and comes back with the PIN.

const lock = document.getElementById("room-lock");
const after = Number(lock?.dataset.locksAfter) * 1000;
// The server writes down at most once a minute that somebody is there: a little earlier is safe.
const EARLY = 20_000;
const BEAT = 60_000;
let touched = Date.now();
let sent = Date.now();

const cover = () => document.querySelectorAll("[data-private]:not(#unmark), .list-card, .guide-card, #not-saved");
function close() {
  if (!lock.hidden) return;
  lock.hidden = false;
  document.body.classList.add("room-is-locked");
  for (const part of cover()) part.hidden = true;
  for (const form of document.querySelectorAll(".circle form, .circle a")) form.inert = true;
  lock.querySelector("input[name=pin]")?.focus();
}
function open() {
  lock.hidden = true;
  document.body.classList.remove("room-is-locked");
  for (const part of cover()) part.hidden = false;
  for (const form of document.querySelectorAll(".circle form, .circle a")) form.inert = false;
  for (const field of lock.querySelectorAll("input[name=pin]")) field.value = "";
  touched = sent = Date.now();
  document.querySelector("#not-saved [data-retry]")?.click();
}
function beat() {
  sent = Date.now();
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  fetch(lock.dataset.alive, { method: "POST", headers: { "X-CSRFToken": token, "HX-Request": "true" } })
    .then((answer) => { if (answer.status === 401) close(); })
    .catch(() => {});
}
function here() {
  if (!lock.hidden) return;
  touched = Date.now();
  if (touched - sent > BEAT) beat();
}

if (lock) {
  for (const kind of ["pointerdown", "keydown", "scroll"]) document.addEventListener(kind, here, { passive: true });
  document.body.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.successful) sent = Date.now();
    if (detail.xhr?.getResponseHeader("X-Room") === "locked") close();
  });
  document.body.addEventListener("room-opens", open);
  setInterval(() => { if (Date.now() - touched > after - EARLY) close(); }, 1000);
  // A telephone that slept runs no clock: it looks as soon as it wakes.
  document.addEventListener("visibilitychange", () => { if (Date.now() - touched > after - EARLY) close(); });
}
