"""Two informants side by side: what they agree on, and what that does not tell."""

from __future__ import annotations

from evidencia.report.blocks import Block, Column, Table, Text
from evidencia.report.speech import Speech, figure
from evidencia.results import Agreement, Result


def agreement(result: Result, speech: Speech) -> tuple[Block, ...]:
    """Return a table of agreement and a grid per pair of informants."""
    if not result.agreement:
        return ()
    blocks: list[Block] = [Text(speech.say("agreement.lead"))]
    for pair in result.agreement:
        blocks.append(_table(result, pair, speech))
        blocks += [Text(speech.note(note)) for note in pair.notes]
        if pair.grid:
            blocks += [Text(speech.say("grid.lead", second=pair.second)), _grid(pair, speech)]
    return tuple(blocks)


def _table(result: Result, pair: Agreement, speech: Speech) -> Table:
    counts = [
        (speech.say("column.both"), pair.both),
        (speech.say("column.only", who=pair.first), pair.only_first),
        (speech.say("column.only", who=pair.second), pair.only_second),
        (speech.say("column.neither"), pair.neither),
    ]
    known = [(name, n) for name, n in counts if n is not None]
    kappa = figure(pair.kappa)
    if pair.kappa_ci_low is not None and pair.kappa_ci_high is not None:
        kappa += f" ({figure(pair.kappa_ci_low)}; {figure(pair.kappa_ci_high)})"
    measures = [("Kappa", kappa, pair.kappa), ("PABAK", figure(pair.pabak), pair.pabak)]
    measures.append(("r", figure(pair.correlation), pair.correlation))
    shown = [(name, text) for name, text, value in measures if value is not None]
    enough = speech.allowed(pair.n)
    columns = (
        Column(speech.say("column.n"), number=True),
        *(Column(name, number=True) for name, _ in known),
        *(Column(name, number=True) for name, _ in shown),
    )
    row = (
        speech.count(pair.n),
        *(speech.count(n) for _, n in known),
        *(text if enough else "—" for _, text in shown),
    )
    label = result.outcome(pair.outcome).label
    who = f"{pair.first} / {pair.second}"
    caption = speech.told(label, who)
    return Table(caption + (f" · {pair.wave}" if pair.wave else ""), columns, (row,))


def _grid(pair: Agreement, speech: Speech) -> Table:
    rows = sorted({point.sensitivity for point in pair.grid})
    across = sorted({point.specificity for point in pair.grid})
    cells = {(p.sensitivity, p.specificity): p.share for p in pair.grid}
    columns = (
        Column(speech.say("column.sensitivity")),
        *(
            Column(speech.say("column.specificity", percent=round(100 * s)), number=True)
            for s in across
        ),
    )
    made = tuple(
        (f"{100 * se:.0f} %", *(_share(cells.get((se, sp)), speech) for sp in across))
        for se in rows
    )
    return Table(speech.say("caption.grid", second=pair.second), columns, made)


def _share(share: float | None, speech: Speech) -> str:
    return speech.say("grid.impossible") if share is None else f"{100 * share:.0f} %"
