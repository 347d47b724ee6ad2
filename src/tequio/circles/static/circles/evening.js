// An evening with one thumb or with keys: the device's clock goes with each tap, a second touch of
// the same thumb is no answer of the next man, and letters press what is on the screen.

const GUARD = 350;
let drawn = -GUARD;

document.body.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.verb === "post") detail.parameters.at ??= new Date().toISOString();
});
document.body.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (detail.target.id === "round" || detail.elt.id === "round") drawn = performance.now();
});
document.addEventListener("submit", (event) => {
  if (event.target.closest("#turn") && event.target.id !== "undo" && performance.now() - drawn < GUARD) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}, true);

// Letters act on the whole page, but never while somebody types words.
const typing = (target) => target.closest?.("input:not([type=radio], [type=checkbox]), textarea, select");
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || typing(event.target)) return;
  // A seat has letters of its own; taking back is what is pressed with the seat still in focus.
  if (event.key.toLowerCase() !== "z" && event.target.closest?.("[data-seat], .seat-row")) return;
  const pressed = document.querySelector(`[data-private] [data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!pressed) return;
  event.preventDefault();
  pressed.click();
});

// What is typed is sent while it is typed; each sending has a number of its own, made here.
const SHAPE = "10000000-1000-4000-8000-100000000000";
function number() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const luck = () => crypto.getRandomValues(new Uint8Array(1))[0];
  return SHAPE.replace(/[018]/g, (c) => (+c ^ (luck() & (15 >> (+c / 4)))).toString(16));
}
document.body.addEventListener("htmx:configRequest", ({ detail }) => {
  if (!detail.elt.matches?.("[data-autosave]")) return;
  detail.path = detail.path.replace(/[0-9a-f-]{36}\/$/, `${number()}/`);
  // The next press of the button is another sending.
  detail.elt.setAttribute("action", detail.path.replace(/[0-9a-f-]{36}\/$/, `${number()}/`));
});

// The last mark of the list is taken back by sending what stood there before.
const STATES = ["present", "late", "absent", "excused"];
let marked = null;
document.addEventListener("submit", ({ target }) => {
  const seat = target.closest(".circle .seat, .seat-row");
  const id = seat?.id.replace(/^(place|row)-/, "");
  if (!id || !document.getElementById(`row-${id}`) || target.dataset.undoing) return;
  const pressed = document.querySelector(`#row-${id} [aria-pressed="true"]`);
  const was = STATES.find((state) => pressed?.id.endsWith(state)) ?? "";
  marked = { id, was, name: document.getElementById(`row-${id}-name`).textContent };
}, true);
document.body.addEventListener("htmx:afterSettle", () => {
  const bar = document.getElementById("unmark");
  if (!bar || !marked) return;
  bar.hidden = false;
  bar.querySelector("[data-name]").textContent = marked.name;
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("#unmark button");
  const form = marked && document.querySelector(`#row-${marked.id} form`);
  if (!button || !form) return;
  window.htmx.ajax("POST", form.getAttribute("action"), { source: form, values: { status: marked.was, ...JSON.parse(form.getAttribute("hx-vals") ?? "{}") }, swap: "none" });
  document.getElementById("unmark").hidden = true;
  marked = null;
});
