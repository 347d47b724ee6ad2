// A sheet typed in by keys alone: a digit that is whole goes on by itself, Enter and arrows walk.

const boxes = () => [...document.querySelectorAll(".typing [data-next]")];
const save = () => document.querySelector(".typing [type=submit]");

function go(from, step) {
  const all = boxes();
  const next = all[all.indexOf(from) + step];
  if (next) { next.focus(); next.select(); } else if (step > 0) save().focus();
}
document.addEventListener("input", (event) => {
  const box = event.target;
  if (!box.matches?.(".typing [data-digits]") || event.inputType?.startsWith("delete")) return;
  const typed = box.value.trim();
  const known = box.dataset.takes.split(" ").includes(typed);
  if (known) { box.removeAttribute("aria-invalid"); go(box, 1); return; }
  if (typed.length >= Number(box.dataset.digits)) { box.setAttribute("aria-invalid", "true"); box.select(); }
});
document.addEventListener("keydown", (event) => {
  if (!event.target.matches?.(".typing [data-next]")) return;
  const step = { ArrowDown: 1, ArrowUp: -1, Enter: 1 }[event.key];
  if (!step) return;
  event.preventDefault();
  go(event.target, step);
});
const wrong = document.querySelector("[data-wrong]");
const first = wrong
  ? document.querySelector(".typing-rows .has-error input, .typing-rows .unlike input")
  : boxes().find((box) => !box.value);
first?.focus();
first?.select();
