// A sheet typed in by keys alone: a letter goes on to the next box by itself, arrows walk.

const boxes = () => [...document.querySelectorAll(".sheet-table input[data-takes]")];
const ROW = 2;

function go(from, step) {
  const all = boxes();
  const next = all[all.indexOf(from) + step];
  if (next) { next.focus(); next.select(); } else if (step > 0) document.querySelector(".sheet-form [type=submit]").focus();
}
document.addEventListener("input", ({ target }) => {
  if (!target.matches(".sheet-table input")) return;
  const letter = target.value.toLowerCase();
  target.value = target.value.toUpperCase();
  if (!letter) return;
  const known = target.dataset.takes.includes(letter);
  target.setAttribute("aria-invalid", String(!known));
  if (!known) { target.select(); return; }
  // Who did not come had no turn: the next man.
  go(target, target.dataset.ends?.includes(letter) ? ROW : 1);
});
document.addEventListener("keydown", (event) => {
  if (!event.target.matches(".sheet-table input")) return;
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: ROW, ArrowUp: -ROW, Enter: ROW }[event.key];
  if (!step) return;
  event.preventDefault();
  go(event.target, step);
});
document.querySelector(".sheet-table input[value='']")?.focus();
