// After each step the reader's place is the new question; numbers choose, so that hands stay on
// the keyboard. Without this file everything works by plain forms.

function question() {
  return document.getElementById("asking");
}

document.body.addEventListener("htmx:afterSettle", () => {
  const form = question();
  const first = form?.querySelector(".has-error input, .has-error select, .has-error textarea");
  (first || document.getElementById("asking-title"))?.focus({ preventScroll: Boolean(!first) });
});

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || !/^[1-9]$/.test(event.key)) return;
  const at = event.target;
  if (at instanceof HTMLInputElement && !["radio", "checkbox"].includes(at.type)) return;
  if (at instanceof HTMLTextAreaElement || at instanceof HTMLSelectElement) return;
  const lists = question()?.querySelectorAll("fieldset .answers") || [];
  if (lists.length !== 1) return;
  const chosen = lists[0].querySelectorAll("input")[Number(event.key) - 1];
  if (!chosen) return;
  event.preventDefault();
  chosen.focus();
  chosen.click();
});
