// The clock of the activity: how many minutes of how many, and when it is time to go on.

function tick() {
  for (const clock of document.querySelectorAll("[data-began]")) {
    const gone = Math.max(0, Math.floor((Date.now() - Date.parse(clock.dataset.began)) / 60_000));
    const whole = Number(clock.dataset.minutes);
    const text = `${gone} / ${whole} min`;
    if (clock.textContent !== text) clock.textContent = text;
    clock.classList.toggle("is-over", gone > whole);
  }
}
tick();
setInterval(tick, 5000);
document.body.addEventListener("htmx:afterSettle", tick);
