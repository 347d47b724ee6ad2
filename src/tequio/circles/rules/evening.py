"""Pure decisions about what is told in a session: its words, its clock, whose turn it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar
from uuid import UUID

# What he says when it is his turn. Saying nothing is an answer, and nobody is pressed.
ANSWERS: Final = ("no", "yes", "silent")
# Only where men meet on a screen: somebody else is in the room with him, so he is not asked.
NOT_ALONE: Final = "not_alone"
YES_NO: Final = ("yes", "no")
LONGEST_TEXT: Final = 4000
# A telephone whose clock is wrong must not put an evening into another year.
_AHEAD: Final = timedelta(minutes=10)
_BEHIND: Final = timedelta(days=60)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Act:
    """One kind of violence against somebody, as a relation and never as a person."""

    kind: str
    against: str


@dataclass(frozen=True, slots=True)
class Round:
    """What he said in the opening round. After a yes, the acts may be named later."""

    answer: str
    acts: tuple[Act, ...] = ()

    @property
    def waits(self) -> bool:
        """Whether he said yes and nobody has named yet what it was."""
        return self.answer == "yes" and not self.acts

    def with_act(self, act: Act) -> Round:
        """Return the same yes with one more act; the same act counts once."""
        return self if act in self.acts else Round("yes", (*self.acts, act))


@dataclass(frozen=True, slots=True)
class After:
    """What he took with him. Every part may stay empty."""

    reflection: str = ""
    next_time: str = ""
    retiro: str = ""
    explained: str = ""
    an_hour: str = ""
    talked: str = ""
    evaded: str = ""
    support: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """What whoever runs the group writes for himself or herself."""

    text: str = ""


Said = Round | After | Note


@dataclass(frozen=True, slots=True)
class Tap:
    """What a device says of itself: a number made there, and its own clock."""

    id: UUID
    at: datetime


def stored(said: Said) -> dict[str, Any]:
    """Return what is sealed."""
    return asdict(said)


def drops(before: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Tell whether words or answers that were written are nowhere in what is written now."""
    return any(said and said not in now.get(part, "") for part, said in before.items())


def round_from(kept: Mapping[str, Any]) -> Round:
    """Read back what :func:`stored` made of a round."""
    acts = tuple(Act(act["kind"], act["against"]) for act in kept["acts"])
    return Round(kept["answer"], acts)


def device_time(text: str, *, now: datetime) -> datetime:
    """Return the device's own time, or ours where it says nothing or nothing likely."""
    try:
        said = datetime.fromisoformat(text)
    except ValueError:
        return now
    if said.tzinfo is None or not now - _BEHIND <= said <= now + _AHEAD:
        return now
    return said


def next_turn(circle: Sequence[tuple[T, bool]], after: T | None) -> T | None:
    """Return who is next to speak: going round from one man, the first who has not answered."""
    names = [man for man, _answered in circle]
    start = names.index(after) + 1 if after in names else 0
    turned = [*circle[start:], *circle[:start]]
    return next((man for man, answered in turned if not answered), None)


@dataclass(frozen=True, slots=True)
class Hours:
    """From when to when a sign-in may last for one group's session."""

    begins: datetime
    ends: datetime

    def hold(self, now: datetime) -> bool:
        """Tell whether it is the time of the session, with some minutes around it."""
        return self.begins <= now <= self.ends


def hours(starts: datetime, minutes: int) -> Hours:
    """Return an hour before a session until half an hour after its planned end."""
    return Hours(
        starts - timedelta(minutes=60), starts + timedelta(minutes=minutes) + timedelta(minutes=30)
    )


@dataclass(frozen=True, slots=True)
class Letters:
    """What one line of a sheet says: attendance and round, each perhaps nothing."""

    status: str = ""
    answer: str = ""
    wrong: tuple[str, ...] = field(default=())


STATUS_LETTERS: Final = {
    "p": "present",
    "t": "late",
    "f": "absent",
    "j": "excused",
    "a": "excused",
}
ANSWER_LETTERS: Final = {"n": "no", "s": "yes", "x": "silent"}


def read_letters(status: str, answer: str) -> Letters:
    """Read the two boxes of a line; what is not one of the letters is told and not guessed."""
    first, second = status.strip().lower(), answer.strip().lower()
    wrong = []
    if first and first not in STATUS_LETTERS:
        wrong.append(status.strip())
    if second and second not in ANSWER_LETTERS:
        wrong.append(answer.strip())
    return Letters(STATUS_LETTERS.get(first, ""), ANSWER_LETTERS.get(second, ""), tuple(wrong))
