"""The tables of an account as a spreadsheet, each with whom it counts, its gaps and limits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext as _

from tequio.core.tabular import Cell, Sheet, write_workbook
from tequio.reports.accounts import definitions
from tequio.reports.accounts.blocks import HIDDEN
from tequio.reports.accounts.queries import Shown

_WITH: Final = ("of", "missing", "caution")


def xlsx(shown: Shown) -> bytes:
    """Write it. No text can act as a formula, and the same account is the same bytes."""
    with translation.override("es-mx"):
        sheets = [_front(shown), *_tables(shown)]
        return write_workbook(sheets, made_at=shown.account.issued_at or shown.account.counted_at)


def _front(shown: Shown) -> Sheet:
    account = shown.account
    name = definitions.name_of(account.template, account.template_version)
    rows: list[tuple[Cell, ...]] = [
        (shown.title,),
        (shown.content["organisation"],),
        (shown.subtitle,),
        (_("Folio"), account.folio),
        (_("Estado"), str(account.get_state_display())),
        (_("Huella SHA-256"), account.sha256 or "—"),
        (_("Plantilla"), name, account.template_version),
        (),
        (shown.content["rule"],),
        (),
    ]
    for section in shown.sections:
        rows.append((section["title"],))
        if section["said"]:
            rows.append((section["said"],))
        rows += [(_line(block),) for block in section["blocks"] if _line(block)]
        rows += [
            (item,)
            for block in section["blocks"]
            if block["kind"] == "items"
            for item in block["items"]
        ]
        rows.append(())
    return Sheet(_("Léeme"), tuple(rows))


def _line(block: dict[str, Any]) -> str:
    """Return what a block says in one line; tables have sheets of their own."""
    match block["kind"]:
        case "text":
            return str(block["text"])
        case "box":
            return f"{block['title']}: {block['text']}"
        case "items":
            return str(block["title"])
        case "said":
            parts = (block["informant"], block["headline"], *block["mandatory"], *block["said"])
            not_said = _("No se puede decir: %(what)s") % {"what": " ".join(block["must_not"])}
            return " ".join((*parts, not_said))
    return ""


def _tables(shown: Shown) -> Iterator[Sheet]:
    numbers = []
    for section in shown.sections:
        for block in section["blocks"]:
            if block["kind"] == "number":
                numbers.append(block)
            elif block["kind"] == "table":
                yield _table(section["title"], block)
    if numbers:
        yield _numbers(numbers)


def _table(title: str, block: dict[str, Any]) -> Sheet:
    rows: list[tuple[Cell, ...]] = [(title,), (block["caption"],), ()]
    rows.append(tuple(block["columns"]))
    rows += [(row[0], *map(_cell, row[1:])) for row in block["rows"]]
    rows += [(), *((f"{_names()[key]}: {block[key]}",) for key in _WITH)]
    return Sheet(block["name"], tuple(rows))


def _numbers(found: list[dict[str, Any]]) -> Sheet:
    names = _names()
    head = (_("Cifra"), _("Valor"), *(names[key] for key in _WITH))
    rows = [
        (
            one["name"],
            _cell(one["value"] or one["unknown"]),
            *(one[key] for key in _WITH),
        )
        for one in found
    ]
    return Sheet(_("Cifras"), (head, *rows))


def _names() -> dict[str, str]:
    return {
        "of": _("Entre quiénes"),
        "missing": _("Qué falta"),
        "caution": _("Qué no se puede concluir"),
    }


def _cell(text: str) -> Cell:
    """Return a whole number as one, so that it can be added; what is hidden stays a sign."""
    plain = text.replace(",", "")
    return int(plain) if plain.isascii() and plain.isdigit() and text != HIDDEN else text
