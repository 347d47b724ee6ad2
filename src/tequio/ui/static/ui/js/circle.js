// Keys for the circle and for the list beside it. They act only while a seat or an answer has the
// focus: arrows walk, P T F J (or A) mark, Backspace clears. Each press sends the same form as a touch.

const STATES = { p: "present", t: "late", f: "absent", a: "excused", j: "excused", backspace: "", delete: "" };
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

function walk(items, from, step) {
  const list = [...items];
  list[(list.indexOf(from) + step + list.length) % list.length]?.focus();
}

function mark(seat, status) {
  const cycle = seat.value;
  seat.value = status;
  // Pressed and not only submitted: of a seat that was drawn anew under the focus htmx would not
  // know which button sends it, and a form without its button takes the mark back.
  seat.click();
  // htmx has read the value by now; a plain submission leaves the page anyway.
  setTimeout(() => { if (seat.isConnected) seat.value = cycle; }, 0);
}

function onSeat(event, seat) {
  const status = STATES[event.key.toLowerCase()];
  if (event.key in STEPS) walk(seat.closest(".circle").querySelectorAll("[data-seat]"), seat, STEPS[event.key]);
  else if (status !== undefined) mark(seat, status);
  else return;
  event.preventDefault();
}

function onRow(event, button) {
  const row = button.closest(".seat-row");
  const key = event.key.toLowerCase();
  const across = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const along = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const answer = key in STATES && STATES[key] ? row.querySelector(`button[value="${STATES[key]}"], button[data-key="${key}"]`) : null;
  if (across) walk(row.querySelectorAll("button"), button, across);
  else if (along) walk(row.parentElement.querySelectorAll(`button[data-key="${button.dataset.key}"]`), button, along);
  else if (answer) answer.click();
  else return;
  event.preventDefault();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const seat = event.target.closest?.("[data-seat]");
  const answer = event.target.closest?.(".seat-row button");
  if (seat) onSeat(event, seat);
  else if (answer) onRow(event, answer);
});
