// One place in the history, however far somebody reads: what comes by POST takes the place of what
// is shown. Without this file the same forms work as plain pages at the same address.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  event.preventDefault();
  const sent = new URLSearchParams(new FormData(form, event.submitter));
  const answer = await fetch(window.location.pathname, { method: "POST", body: sent, cache: "no-store", credentials: "omit" }).catch(() => null);
  if (answer === null) { plainly(form, event.submitter); return; }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.body.replaceChildren(...page.body.children);
  window.scrollTo(0, 0);
  document.getElementById("contenido").focus({ preventScroll: true });
});
// A page that the browser kept whole shows the beginning again, never what was read.
window.addEventListener("pageshow", (event) => { if (event.persisted) { document.body.replaceChildren(); window.location.reload(); } });

// Without a connection the browser itself says so, as on any page.
function plainly(form, button) {
  const step = document.createElement("input");
  Object.assign(step, { type: "hidden", name: button.name, value: button.value });
  form.append(step);
  form.submit();
}
