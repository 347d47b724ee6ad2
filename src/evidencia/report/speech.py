"""The report's language and its disclosure control, carried together through the sections.

Every count that a report prints goes through :class:`Speech`: rounded, or not shown. So no section
can forget it.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Final

from evidencia.disclosure import Policy, allowed, count, percentage
from evidencia.words import CODES, Language, Note, Value, say

_HIDDEN: Final = "<{least}"
# Sentences of ours in which these values count people.
_COUNTING: Final = (
    ("findings.number.", ("n",)),
    ("findings.attendance", ("n", "k")),
    ("findings.because.few_people", ("n",)),
    ("findings.needed.people", ("now",)),
)
# Shares of people, in per cent or points: whole ones, upwards.
_SHARES: Final = {"findings.because.lost": "percent", "findings.because.gap": "points"}


@dataclass(frozen=True, slots=True)
class Speech:
    """How this report says things.

    Attributes
    ----------
    language
        Of the report.
    policy
        What may leave.
    """

    language: Language
    policy: Policy

    def say(self, name: str, /, **values: Value) -> str:
        """Return the sentence ``reports.<name>``."""
        return say(f"reports.{name}", self.language, **values)

    def told(self, label: str, informant: str | None) -> str:
        """Return an outcome with whose report it is, where the data say so."""
        if informant is None:
            return self.say("course.untold", label=label)
        return self.say("course.title", label=label, informant=informant)

    def named(self, kind: str, slug: str) -> str:
        """Return the name of a design or method; the slug itself where it has none."""
        code = f"reports.{kind}.{slug}"
        return say(code, self.language) if code in CODES else slug.replace("_", " ")

    def note(self, note: Note) -> str:
        """Return the sentence of `note`, with its counts of people under control."""
        people = [name for code, names in _COUNTING if note.code.startswith(code) for name in names]
        values = {
            name: self.count(value) if name in people and isinstance(value, int) else value
            for name, value in note.values
        }
        if note.code in _SHARES:
            share = _SHARES[note.code]
            values[share] = ceil(float(values[share]))
        if note.code.startswith("findings.attendance.sessions"):
            values["percent"] = self._percent(dict(note.values))
        return say(note.code, self.language, **values)

    def _percent(self, values: dict[str, Value]) -> str:
        """A percentage of people, from rounded counts like every other."""
        n = int(values["n"])
        return self.share(round(float(values["percent"]) * n / 100), n).removesuffix(" %")

    def count(self, n: int) -> str:
        """Return a count of people, rounded, or ``<8`` where it is too small."""
        shown = count(max(0, n), self.policy).value
        return self.hidden if shown is None else f"{shown:,.0f}"

    def share(self, k: int, n: int) -> str:
        """Return a percentage in whole numbers, or a dash where it may not be given."""
        shown = percentage(k, n, self.policy).value if 0 <= k <= n else None
        return "—" if shown is None else f"{shown:.0f} %"

    def counted(self, k: int, n: int) -> str:
        """Return a count with its percentage, where both may be given."""
        share = self.share(k, n)
        return self.count(k) if share == "—" else f"{self.count(k)} ({share})"

    def allowed(self, n: int) -> bool:
        """Whether anything may be computed on this many people."""
        return allowed(n, self.policy)

    @property
    def hidden(self) -> str:
        """What stands in the place of a small count."""
        return _HIDDEN.format(least=self.policy.threshold + 1)

    @property
    def control(self) -> dict[str, Value]:
        """The numbers of the policy, for the sentences that explain it."""
        policy = self.policy
        return {
            "base": policy.base,
            "threshold": policy.threshold,
            "least": policy.threshold + 1,
            "percent": policy.percent_from,
        }


def figure(value: float | None, places: int = 2) -> str:
    """Return a number as people write it: a real minus, thousands, a dash for none."""
    if value is None:
        return "—"
    text = f"{abs(value):,.{places}f}"
    return ("−" if value < 0 and text.strip("0.,") else "") + text


def p_value(p: float | None) -> str:
    """Return a p value to three places; smaller ones as such."""
    if p is None:
        return "—"
    return "<0.001" if p < 0.001 else f"{p:.3f}"
