"""What stands beside each box on paper: numbers that are typed, and conditions in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from tequio.core.text import join_names
from tequio.instruments.definitions import Instrument, Item
from tequio.instruments.definitions.shape import Choice, Only

# Typed for who would rather not say, where nines are an answer like any other.
DASH: Final = "-"
_FEW: Final = 8


@dataclass(frozen=True, slots=True)
class Box:
    """One answer as it is printed and typed: its number, what it is kept as, its words."""

    number: str
    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """One question as it stands on paper."""

    number: int
    item: Item
    words: str
    hint: str
    only: str
    boxes: tuple[Box, ...]
    # What is typed for «prefiero no decir».
    refusal: str

    @property
    def digits(self) -> int:
        """How many digits one answer has; 0 where it is written out."""
        return len(self.boxes[0].number) if self.boxes else 0


def lines(whole: Instrument, language: str) -> tuple[Line, ...]:
    """Return every question in order, with the numbers of its boxes."""
    order = {item.id: n for n, item in enumerate(whole.questions, start=1)}
    return tuple(_line(whole, item, order, language) for item in whole.questions)


def numbers(codes: Sequence[str]) -> tuple[str, ...]:
    """Return what is typed for each answer of a list.

    A published form keeps its own digits, so that paper and original say the same; a list of
    words is counted from one, with two digits where it is long.
    """
    if all(len(code) == 1 and code in "012345678" for code in codes):
        return tuple(codes)
    width = 1 if len(codes) <= _FEW else 2
    return tuple(str(n).zfill(width) for n in range(1, len(codes) + 1))


def _line(whole: Instrument, item: Item, order: dict[str, int], language: str) -> Line:
    listed: tuple[Choice, ...] = whole.choices.get(item.choices, ())
    typed = numbers([one.code for one in listed])
    boxes = tuple(
        Box(number, one.code, one.label.in_(language))
        for number, one in zip(typed, listed, strict=True)
    )
    return Line(
        number=order[item.id],
        item=item,
        words=item.text.in_(language),
        hint=item.hint.in_(language) if item.hint else "",
        only=" ".join(_condition(whole, one, order, language) for one in item.only_if),
        boxes=boxes,
        refusal="9" * len(boxes[0].number) if boxes else DASH,
    )


def _condition(whole: Instrument, one: Only, order: dict[str, int], language: str) -> str:
    if one.above is not None:
        asked = join_names([str(order[name]) for name in one.sum_of])
        return _("Solo si las preguntas %(questions)s suman más de %(sum)s.") % {
            "questions": asked,
            "sum": one.above,
        }
    if one.has:
        return _("Solo si en la pregunta %(n)s marcaste «%(answer)s».") % {
            "n": order[one.item],
            "answer": _label(whole, one.item, one.has, language),
        }
    answers = [f"«{_label(whole, one.item, code, language)}»" for code in one.not_in]
    return _("Solo si en la pregunta %(n)s no marcaste %(answers)s.") % {
        "n": order[one.item],
        "answers": join_names(answers),
    }


def _label(whole: Instrument, name: str, code: str, language: str) -> str:
    listed = whole.choices.get(whole.the_item(name).choices, ())
    return next((one.label.in_(language) for one in listed if one.code == code), code)
