// What happens when a save does not arrive: the page keeps every typed letter, says so in words,
// and offers to try again. A whole page in place of a fragment (a sign-in form after the session
// ended, an error page) is never put into the middle of another page.

const region = document.getElementById("not-saved");
const waiting = new Map();

function isWholePage(text) {
  return /^\s*(<!doctype|<html)/i.test(text.slice(0, 200));
}

function show(kind) {
  const words = document.getElementById(`not-saved-${kind}`);
  if (region && words) region.replaceChildren(words.content.cloneNode(true));
}

function remember(detail, kind) {
  const { requestConfig, target } = detail;
  if (!requestConfig) return;
  const { verb, path, elt } = requestConfig;
  if (verb === "get") {
    // A background look at progress is not a save: it simply tries again by itself. Whoever
    // touched something has to know why nothing happened.
    if (requestConfig.triggeringEvent && kind === "network" && waiting.size === 0) show("opening");
    return;
  }
  // One seat stands in the circle and in the list: what was touched last is what is sent.
  for (const [other, { path: same }] of waiting) if (same === path) waiting.delete(other);
  // detail.elt is whoever heard the event; the one who asked stands in the request.
  waiting.set(elt, { verb, path, target, values: { ...requestConfig.parameters } });
  show(kind);
}

document.body.addEventListener("htmx:beforeSwap", (event) => {
  const { detail } = event;
  if (detail.boosted || !isWholePage(detail.xhr.responseText || "")) return;
  detail.shouldSwap = false;
  remember(detail, detail.xhr.status >= 500 ? "network" : "session");
});
document.body.addEventListener("htmx:responseError", ({ detail }) => {
  remember(detail, [401, 403].includes(detail.xhr.status) ? "session" : "network");
});
document.body.addEventListener("htmx:sendError", ({ detail }) => remember(detail, "network"));
document.body.addEventListener("htmx:timeout", ({ detail }) => remember(detail, "network"));
document.body.addEventListener("htmx:afterOnLoad", ({ detail }) => {
  // A fragment came back, saved or refused with its reason: the banner has nothing more to say.
  const answered = ![401, 403].includes(detail.xhr.status) && detail.xhr.status < 500 && !isWholePage(detail.xhr.responseText || "");
  if (!answered) return;
  waiting.delete(detail.requestConfig?.elt);
  if (waiting.size === 0) region?.replaceChildren();
});

// A form that leaves the page would leave it for the browser's own error page, and everything typed
// in it with it. Where the device says that it has no network, the server is asked first: on a
// laptop that serves itself there is no network either, and it answers.
const reached = new WeakSet();
document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  const byHtmx = form.matches("[hx-post], [data-hx-post]") && !form.matches("[data-autosave]");
  if (navigator.onLine || reached.has(form) || form.method !== "post" || byHtmx) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  fetch("/salud", { cache: "no-store" }).then(() => {
    reached.add(form);
    form.requestSubmit(submitter);
  }).catch(() => show("offline"));
}, true);

// Leaving with something unsent would lose it without a word. A page that was blanked in a hurry
// has no region any more, and nothing is asked.
window.addEventListener("beforeunload", (event) => {
  if (waiting.size && region?.isConnected) event.preventDefault();
});

function resend() {
  const again = [...waiting];
  waiting.clear();
  region?.replaceChildren();
  for (const [source, { verb, path, target, values }] of again) {
    // A target that was replaced meanwhile is found again by its id.
    const place = target?.isConnected ? target : document.getElementById(target?.id ?? "");
    window.htmx.ajax(verb, path, { source: source.isConnected ? source : document.body, target: place ?? document.body, values });
  }
}
document.body.addEventListener("click", (event) => { if (event.target.closest("[data-retry]")) resend(); });
window.addEventListener("online", resend);
