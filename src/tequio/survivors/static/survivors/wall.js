// Behind the wall a page goes blank by itself. It asks how long is left without keeping the wall
// open; it says so when somebody has typed; and what was typed and not sent is sealed before it goes.
const bar = document.querySelector("[data-wall-closes]");
const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
const others = new BroadcastChannel("tequio-wall");
const changed = new Set();
let typed = false;
let gone = false;

function hide() {
  document.title = "";
  document.documentElement.hidden = true;
}
function keep(form) {
  const data = new FormData(form);
  data.delete("csrfmiddlewaretoken");
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  data.set("draft_of", new URL(form.action, window.location.href).pathname);
  return fetch(bar.dataset.wallDrafts, { method: "POST", body: data, keepalive: true, headers: { "X-CSRFToken": token } }).catch(() => null);
}
async function blank(onward) {
  if (gone) return;
  gone = true;
  hide();
  await Promise.all([...changed].filter((form) => form.isConnected).map(keep));
  document.body.replaceChildren();
  window.location.replace(onward);
}
function show(seconds) {
  const pill = document.querySelector("[data-wall-left]");
  const minutes = Math.floor(seconds / 60);
  const words = minutes < 1 ? pill.dataset.soon : minutes === 1 ? pill.dataset.one : pill.dataset.many.replace("{n}", minutes);
  pill.classList.toggle("soon", minutes < 2);
  const place = pill.querySelector("[data-wall-words]");
  if (place.textContent !== words) place.textContent = words;
}
async function ask() {
  if (gone) return;
  const headers = { "HX-Request": "true", "X-CSRFToken": token };
  const method = typed ? "POST" : "GET";
  typed = false;
  const answer = await fetch(bar.dataset.wallCloses, { method, headers, cache: "no-store" }).catch(() => null);
  if (answer === null) return;
  if (!answer.ok) { blank(bar.dataset.wallDoor); return; }
  const seconds = Number(await answer.text());
  show(seconds);
  if (seconds < 15) setTimeout(ask, (seconds + 1) * 1000);
}
// The same three keys as everywhere: the screen goes blank first, then the wall is closed.
async function leave() {
  hide();
  others.postMessage("closed");
  const sent = [...changed].filter((form) => form.isConnected).map(keep);
  sent.push(fetch(document.querySelector(".wall-lock").action, { method: "POST", keepalive: true, headers: { "X-CSRFToken": token } }).catch(() => null));
  gone = true;
  document.body.replaceChildren();
  window.location.replace(bar.dataset.wallAway);
  await Promise.all(sent);
}

if (bar) {
  ask();
  setInterval(ask, 15000);
  others.onmessage = () => blank(bar.dataset.wallDoor);
  document.querySelector(".wall-lock").addEventListener("submit", () => others.postMessage("closed"));
  document.addEventListener("input", (event) => {
    typed = true;
    const form = event.target.form;
    if (form && form.method === "post" && form.getAttribute("role") !== "search" && !form.querySelector("[type=password]")) changed.add(form);
  });
  document.addEventListener("submit", (event) => changed.delete(event.target));
  let presses = [];
  document.addEventListener("keyup", (event) => {
    if (!["Escape", "Shift"].includes(event.key)) { presses = []; return; }
    presses = [...presses.filter(([key, at]) => key === event.key && event.timeStamp - at < 2000), [event.key, event.timeStamp]];
    if (presses.length >= 3) leave();
  });
}
// Nothing of the wall comes back with the Back button, and words shown once least of all.
if (bar || document.querySelector("[data-once]")) {
  window.addEventListener("pagehide", hide);
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) { hide(); window.location.replace(window.location.pathname); }
  });
}
