"""On paper and in the log stand words: never the name of a field or a code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.survivors.test_sheets import MADE

import tequio.survivors
from tequio.survivors.log_words import SENTENCES
from tequio.survivors.paper_words import CODES, LABELS, LEFT_OUT, TITLES
from tequio.survivors.rules.covers import Cover
from tequio.survivors.rules.sheets import KINDS, Body, Duty, Said
from tequio.survivors.spelling import lines_of, title_of

# What only a machine would say; a name or a place may be a word that is a code too.
_CODED = {code for choices in CODES.values() for code, _label in choices if "_" in code}


def _kinds(kind: Any) -> Iterator[type]:
    yield kind
    hints = get_type_hints(kind)
    for held in fields(kind):
        for inner in get_args(hints[held.name]):
            if is_dataclass(inner):
                yield from _kinds(inner)


def test_every_field_of_every_sheet_has_its_words_or_is_left_out_on_purpose() -> None:
    nameless = {
        f"{kind.__name__}.{held.name}"
        for whole in [Cover, *KINDS.values()]
        for kind in _kinds(whole)
        for held in fields(kind)
        if kind.__name__ != "Said"
        and held.name not in LABELS.get(kind.__name__, {})
        and held.name not in LEFT_OUT.get(kind.__name__, ())
    }
    assert nameless == set()
    assert set(TITLES) >= set(KINDS)
    assert all(field in LABELS[kind] for kind, field in CODES)


@pytest.mark.parametrize("kind", sorted(MADE))
@settings(max_examples=15)
@given(data=st.data())
def test_no_code_and_no_name_of_a_field_reaches_paper(kind: str, data: st.DataObject) -> None:
    body: Body = data.draw(MADE[kind])
    assert title_of(body) != kind
    names = {held.name for inner in _kinds(type(body)) for held in fields(inner)}
    for line in lines_of(body, "America/Mexico_City"):
        assert line["label"] not in names
        assert _CODED.isdisjoint(str(line["text"]).split(", ")), line


def test_a_cover_says_its_days_as_people_do() -> None:
    cover = Cover(folio="4R8Q-TM2X", alias="Jacinta", since="2026-11-14", men=("7K2M-9QXC",))
    said = {str(line["label"]): line["text"] for line in lines_of(cover, "America/Mexico_City")}
    assert said["Desde"] == "s\u00e1b 14 nov 2026"
    assert said["C\u00f3mo est\u00e1"] == "La acompa\u00f1amos"


def test_every_kind_of_line_of_the_walls_log_has_a_sentence() -> None:
    written = re.compile(
        r'(?:log\.write|write_by_clock|_line_of)\((?:by, )?\s*"([a-z_.]+)"'
        r'|KIND: Final = "([a-z_]+\.[a-z_]+)"'
    )
    room = Path(tequio.survivors.__file__).parent
    kinds = {
        one or other
        for path in room.rglob("*.py")
        for one, other in written.findall(path.read_text(encoding="utf-8"))
    }
    assert {"wall.open", "log.cut", "case.erase"} <= kinds, "The search still finds them."
    assert kinds - set(SENTENCES) == set()


def test_what_a_letter_said_stands_on_paper_without_codes_and_keys() -> None:
    told = {"flags": "weapons, danger", "wave": "T2", "form": "conductas-ella", "sheet": "842ef356"}
    duty = Duty(
        letter="answers",
        at=datetime(2026, 11, 20, 18, tzinfo=UTC),
        on=date(2026, 11, 20),
        by="ana@circulo-norte",
        outcome="spoke",
        said=tuple(Said(name, value) for name, value in told.items()),
    )
    text = " ".join(f"{line['label']} {line['text']}" for line in lines_of(duty, "UTC"))
    assert "un arma" in text
    assert not [code for code in ("weapons", "danger", "conductas", "T2", "842e") if code in text]
