// The wall closes by itself: the page asks how long is left without keeping it open, and goes blank
// in every tab as soon as one of them is closed.
const pill = document.querySelector("[data-wall-closes]");
const others = new BroadcastChannel("tequio-wall");

function blank() {
  document.documentElement.hidden = true;
  document.body.replaceChildren();
  window.location.replace(pill.dataset.wallDoor);
}
async function ask() {
  const answer = await fetch(pill.dataset.wallCloses, { headers: { "HX-Request": "true" }, cache: "no-store" }).catch(() => null);
  if (answer === null) return;
  if (!answer.ok) { blank(); return; }
  const minutes = Math.ceil(Number(await answer.text()) / 60);
  pill.textContent = pill.dataset.words ? pill.dataset.words.replace("{n}", minutes) : `${minutes} min`;
}
if (pill) {
  ask();
  setInterval(ask, 15000);
  others.onmessage = blank;
  document.querySelector(".wall-lock").addEventListener("submit", () => others.postMessage("closed"));
  window.addEventListener("pageshow", (event) => { if (event.persisted) { document.documentElement.hidden = true; window.location.reload(); } });
}
