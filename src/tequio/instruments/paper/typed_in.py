"""From what was typed off a sheet to answers: digits, and a sentence for each that is none."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from tequio.instruments.definitions import PREFERS_NOT, Instrument
from tequio.instruments.paper.numbered import DASH, Line
from tequio.instruments.rules.answered import fits
from tequio.instruments.rules.asking import is_asked

_LONGEST: Final = 2000
_DAY: Final = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})|(\d{1,2})(\d{2})(\d{4})")


@dataclass(frozen=True, slots=True)
class Read:
    """A typed sheet: the answers that are clear, and what is wrong, by question."""

    answers: Mapping[str, str]
    problems: Mapping[str, str]


def read(whole: Instrument, sheet: Sequence[Line], typed: Mapping[str, str]) -> Read:
    """Return what the digits say. Whatever is typed is an answer, empty, or named as wrong."""
    answers: dict[str, str] = {}
    problems: dict[str, str] = {}
    for line in sheet:
        value = typed.get(line.item.id, "").strip()
        if not value:
            continue
        answer = _answer(line, value)
        if answer is None or not (answer == PREFERS_NOT or fits(whole, line.item, answer)):
            problems[line.item.id] = _wrong(line, value)
        elif not is_asked(whole, line.item, answers):
            problems[line.item.id] = _(
                "Pregunta %(n)s: con lo que contestó antes no se pregunta. Borra lo que escribiste "
                "aquí, o corrige la de antes."
            ) % {"n": line.number}
        else:
            answers[line.item.id] = answer
    return Read(answers, problems)


def differences(
    sheet: Sequence[Line], first: Mapping[str, str], second: Mapping[str, str]
) -> tuple[tuple[Line, str, str], ...]:
    """Return each question that was not typed alike both times, with what was typed."""
    pairs = ((line, _plain(first, line), _plain(second, line)) for line in sheet)
    return tuple(one for one in pairs if one[1] != one[2])


def typed_from(sheet: Sequence[Line], answers: Mapping[str, str]) -> dict[str, str]:
    """Return what would be typed for answers that are kept already."""
    return {line.item.id: _typed(line, answers[line.item.id]) for line in sheet
            if line.item.id in answers}  # fmt: skip


def reads_day(value: str) -> date | None:
    """Return a day as it is written on paper: 5/3/2026, 21-11-2026 or 21112026."""
    found = _DAY.fullmatch(value)
    if found is None:
        return None
    day, month, year = (int(part) for part in found.groups() if part)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _typed(line: Line, answer: str) -> str:
    if answer == PREFERS_NOT:
        return line.refusal
    numbers = {box.code: box.number for box in line.boxes}
    if line.boxes:
        return " ".join(numbers.get(code, code) for code in answer.split())
    if line.item.kind == "date":
        return "/".join(reversed(answer.split("-")))
    return answer


def _answer(line: Line, value: str) -> str | None:
    if value in (DASH, "–", "—") or (line.boxes and value == line.refusal):
        return PREFERS_NOT
    codes = {box.number: box.code for box in line.boxes}
    match line.item.kind:
        case "one":
            return codes.get(value.zfill(line.digits))
        case "many":
            chosen = [codes.get(number) for number in _apart(value, line.digits)]
            known = [code for code in chosen if code is not None]
            return " ".join(dict.fromkeys(known)) if len(known) == len(chosen) else None
        case "date":
            return _day(value)
        case "decimal":
            return value.replace(",", ".")
        case "text":
            return value[:_LONGEST]
        case _:
            return value


def _apart(value: str, digits: int) -> list[str]:
    """«1 3 5», «1,3,5» and «135» are the same three answers."""
    found: list[str] = []
    for part in re.split(r"[\s,;.]+", value.strip(" ,;.")):
        if digits == 1 or len(part) % digits == 0:
            found += [part[at : at + digits] for at in range(0, len(part), digits)]
        else:
            found.append(part.zfill(digits))
    return found


def _day(value: str) -> str | None:
    found = reads_day(value)
    return None if found is None else found.isoformat()


def _plain(typed: Mapping[str, str], line: Line) -> str:
    value = typed.get(line.item.id, "").strip()
    answer = _answer(line, value) if value else ""
    return value if answer is None else _typed(line, answer) if answer else ""


def _wrong(line: Line, value: str) -> str:
    said = {"n": line.number, "value": value[:20], "refusal": line.refusal}
    if line.boxes:
        said["answers"] = ", ".join(box.number for box in line.boxes)
        if line.item.kind == "many":
            return (
                _(
                    "Pregunta %(n)s: «%(value)s» no es de esta lista. Se escriben los números "
                    "marcados, separados o juntos: %(answers)s; %(refusal)s es «prefiero no decir»."
                )
                % said
            )
        return _(
            "Pregunta %(n)s: «%(value)s» no es una respuesta. Puede ser %(answers)s; %(refusal)s "
            "es «prefiero no decir»."
        ) % said  # fmt: skip
    match line.item.kind:
        case "whole" if line.item.least is not None and line.item.most is not None:
            said |= {"least": line.item.least, "most": line.item.most}
            return (
                _("Pregunta %(n)s: «%(value)s» no cabe. Es un número de %(least)s a %(most)s.")
                % said
            )
        case "whole" | "decimal":
            return _("Pregunta %(n)s: «%(value)s» no es un número.") % said
        case "date":
            return _("Pregunta %(n)s: «%(value)s» no es un día. Escríbelo así: 21/11/2026.") % said
        case _:
            return _("Pregunta %(n)s: «%(value)s» no se entiende.") % said
