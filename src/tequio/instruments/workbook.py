"""An instrument of ours as the sheets of an XLSForm, and from them the form that all can fill in.

One way for everything: what the browser asks, what telephones fetch, what is printed and what is
exported comes from these sheets.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from pyxform.xls2xform import convert

from tequio.instruments.definitions import PREFERS_NOT, Instrument, Item, Shipped, Words, every
from tequio.instruments.definitions.shape import Only
from tequio.instruments.xform.model import Form
from tequio.instruments.xform.reading import read

Row = dict[str, str]
Sheets = dict[str, list[Row]]

LANGUAGES: Final = {"es": "Español (es)", "en": "English (en)"}
_TYPES: Final = {
    "one": "select_one",
    "many": "select_multiple",
    "whole": "integer",
    "decimal": "decimal",
    "date": "date",
    "text": "text",
    "note": "note",
}
_RATHER_NOT: Final = Words(es="Prefiero no decir", en="I would rather not say")
# The group around all questions; its title is read above each of them.
ABOVE: Final = "preguntas"


def sheets(whole: Instrument) -> Sheets:
    """Return the sheets `survey`, `choices` and `settings` of an instrument."""
    head = {"type": "begin_group", "name": ABOVE}
    intro = whole.intro or whole.recall
    survey = [
        {"type": "start", "name": "start"},
        {"type": "end", "name": "end"},
        head | (_labels(whole, intro) if intro else {}),
        *(_question(whole, item) for item in whole.items),
        {"type": "end_group", "name": ABOVE},
    ]
    settings = {
        "form_title": whole.name.es,
        "form_id": whole.slug,
        "version": whole.version,
        "default_language": LANGUAGES["es"],
    }
    return {"survey": survey, "choices": list(_choices(whole)), "settings": [settings]}


def headed(sheets: Sheets) -> Sheets:
    """Say which columns each sheet has: its first row need not have something in all of them."""
    made: Sheets = {}
    for name, rows in sheets.items():
        if rows:
            columns = dict.fromkeys(column for row in rows for column in row)
            made |= {name: rows, f"{name}_header": [dict.fromkeys(columns, "")]}
    return made


def form_of(shipped: Shipped) -> Form:
    """Return the form of an instrument that came with the system; made once per process."""
    return _form(shipped.instrument.slug, shipped.instrument.version)


@lru_cache(maxsize=128)
def _form(slug: str, version: str) -> Form:
    return read(xml_of(every()[slug, version].instrument))


def xml_of(whole: Instrument) -> bytes:
    """Return an instrument as the XForm that telephones fetch."""
    made = convert(xlsform=sheets(whole), validate=False, pretty_print=False)
    return str(made.xform).encode()


def _question(whole: Instrument, item: Item) -> Row:
    kind = _TYPES[item.kind]
    row = {
        "type": f"{kind} {item.choices}" if item.choices else kind,
        "name": item.id,
        **_labels(whole, item.text),
    }
    if item.hint:
        row |= _labels(whole, item.hint, column="hint")
    if item.only_if:
        row["relevant"] = " and ".join(f"({_condition(one)})" for one in item.only_if)
    if item.kind == "whole" and item.least is not None and item.most is not None:
        row["constraint"] = f". >= {item.least} and . <= {item.most}"
        said = Words(
            es=f"Escribe un número de {item.least} a {item.most}.",
            en=f"Write a number from {item.least} to {item.most}.",
        )
        row |= _labels(whole, said, column="constraint_message")
    return row


def _condition(one: Only) -> str:
    if one.above is not None:
        gaps = [f"${{{n}}} = '' or ${{{n}}} = '{PREFERS_NOT}'" for n in one.sum_of]
        total = " + ".join(f"number(${{{name}}})" for name in one.sum_of)
        return " or ".join([*gaps, f"{total} > {one.above}"])
    if one.has:
        return f"selected(${{{one.item}}}, '{one.has}')"
    return " and ".join(f"${{{one.item}}} != '{code}'" for code in one.not_in)


def _choices(whole: Instrument) -> Iterator[Row]:
    for name, choices in whole.choices.items():
        for one in choices:
            yield {"list_name": name, "name": one.code, **_labels(whole, one.label)}
        yield {"list_name": name, "name": PREFERS_NOT, **_labels(whole, _RATHER_NOT)}


def _labels(whole: Instrument, words: Words, *, column: str = "label") -> Row:
    return {f"{column}::{LANGUAGES[one]}": words.in_(one) for one in whole.languages}
