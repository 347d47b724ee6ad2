// A map is one stop of the tab key. Arrows go to the nearest place on that side; Enter opens it.
// What is under the finger or in focus is said in words below the map.

const SIDES = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

function middle(link) {
  return link.dataset.at.split(" ").map(Number);
}

// The way there, and twice what it goes astray: near and straight ahead wins.
function far(from, to, side) {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const ahead = dx * side[0] + dy * side[1];
  const astray = Math.abs(dx * side[1]) + Math.abs(dy * side[0]);
  return ahead <= 0 || astray > 2 * ahead ? Infinity : ahead + 2 * astray;
}

function next(links, link, side) {
  const from = middle(link);
  let [best, least] = [null, Infinity];
  for (const other of links) {
    const way = other === link ? Infinity : far(from, middle(other), side);
    if (way < least) [best, least] = [other, way];
  }
  return best;
}

for (const map of document.querySelectorAll("[data-map]")) {
  const links = [...map.querySelectorAll("a")];
  const said = map.parentElement.querySelector("[data-map-said]");
  const say = (event) => {
    const link = event.target.closest("a");
    if (link) said.textContent = link.getAttribute("aria-label");
  };
  map.addEventListener("focusin", say);
  map.addEventListener("pointerover", say);
  map.addEventListener("keydown", (event) => {
    const link = event.target.closest("a");
    const side = SIDES[event.key];
    if (!link || !side) return;
    event.preventDefault();
    const found = next(links, link, side);
    if (!found) return;
    link.tabIndex = -1;
    found.tabIndex = 0;
    found.focus();
  });
}
