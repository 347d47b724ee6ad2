// Leaving in a hurry: the page goes blank at once, then its place in the history is taken by our
// way out, which ends the session and goes on to a neutral page. Three times Escape or three times
// Shift within two seconds do the same. Without this file the link leads the same way.

const WITHIN = 2000;
let presses = [];

function leave(link) {
  document.title = "";
  document.documentElement.hidden = true;
  document.body.replaceChildren();
  window.location.replace(link.href);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-quick-exit]");
  if (!link) return;
  event.preventDefault();
  leave(link);
});
document.addEventListener("keyup", (event) => {
  const link = document.querySelector("[data-quick-exit]");
  if (!link || !["Escape", "Shift"].includes(event.key)) { presses = []; return; }
  presses = [...presses.filter(([key, at]) => key === event.key && event.timeStamp - at < WITHIN), [event.key, event.timeStamp]];
  if (presses.length >= 3) leave(link);
});
