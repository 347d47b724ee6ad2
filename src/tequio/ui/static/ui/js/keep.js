// Typed input survives a fragment that is drawn again. It lives in memory only: nothing of what
// people write here is left behind in the phone's storage.

const typed = new Map();
const keyOf = (control) => (control.form && control.name ? `${control.form.getAttribute("action")}|${control.id || control.name}` : null);

document.addEventListener("input", ({ target }) => {
  const key = keyOf(target);
  if (key && !["password", "hidden", "file", "checkbox", "radio"].includes(target.type)) typed.set(key, target.value);
});

function forget(form) {
  for (const control of form?.elements ?? []) typed.delete(keyOf(control));
}

document.body.addEventListener("htmx:afterRequest", ({ detail }) => {
  // Only what the server took is forgotten; a refused form comes back with its own values.
  if (detail.successful && detail.requestConfig?.verb !== "get") forget(detail.requestConfig.elt.closest("form"));
});
document.body.addEventListener("htmx:afterSwap", ({ detail }) => {
  for (const control of detail.target.querySelectorAll?.("input, textarea, select") ?? []) {
    const kept = typed.get(keyOf(control));
    if (kept !== undefined && control.value !== kept) control.value = kept;
  }
});
// A form that saves itself while it is typed in is sent by its button as any other form.
document.addEventListener("submit", ({ target }) => {
  if (!target.matches("[hx-post], [data-hx-post]") || target.matches("[data-autosave]")) forget(target);
});
// A long form asks before the page is left with words that were not sent.
window.addEventListener("beforeunload", (event) => {
  const guarded = [...document.querySelectorAll("form[data-guard]")];
  if (guarded.some((form) => [...form.elements].some((control) => typed.has(keyOf(control))))) event.preventDefault();
});

// The summary of errors is read first.
function readErrors(root) {
  root.querySelector?.("[data-focus]")?.focus();
}
readErrors(document);
document.body.addEventListener("htmx:afterSettle", ({ target }) => readErrors(target));
