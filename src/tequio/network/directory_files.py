"""What a file of services is, by its bytes, and its lines with what each one became."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import PurePosixPath
from typing import Any, Final

from django.utils.translation import gettext as _

from tequio.core.errors import DomainError
from tequio.core.tabular import read_workbook
from tequio.core.text import fold
from tequio.network.rules.directory import flat, hsds, salvage
from tequio.network.rules.directory.drafts import Draft
from tequio.territory import places

LARGEST: Final = 10 * 1024 * 1024
_MOST: Final = 20_000
_UNPACKED: Final = 60 * 1024 * 1024
_PREVIEW: Final = 600


@dataclass(frozen=True, slots=True)
class Line:
    """One object of the file: what stood there and the drafts that it gave."""

    number: int
    text: str
    name: str = ""
    drafts: tuple[Draft, ...] = ()
    unreadable: bool = False


def read(data: bytes, filename: str) -> list[Line]:
    """Read a file of services: HSDS (JSON or package), a spreadsheet, or objects one by one."""
    if not data:
        raise DomainError(_("El archivo está vacío."), hint=_("Elige otro y súbelo otra vez."))
    if len(data) > LARGEST:
        raise DomainError(
            _("El archivo pesa más de 10 MB."), hint=_("Divídelo en partes y sube cada una.")
        )
    lines = list(_lines(data, filename))
    if not lines:
        raise DomainError(
            _("En este archivo no se reconoció ningún servicio."),
            hint=_("Sirven HSDS (JSON o ZIP), Excel y CSV con los nombres de las columnas arriba."),
        )
    if len(lines) > _MOST:
        raise DomainError(
            _("El archivo trae más de 20,000 servicios."), hint=_("Divídelo en partes.")
        )
    return lines


def _lines(data: bytes, filename: str) -> Iterator[Line]:
    if data.startswith(b"PK\x03\x04"):
        tables = _package(data)
        return _of_hsds(hsds.nested(tables)) if tables else _of_sheets(data, filename)
    text = _text(data)
    if text.lstrip()[:1] in {"[", "{"}:
        return _of_json(text)
    return _of_sheets(data, filename)


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _of_json(text: str) -> Iterator[Line]:
    try:
        found: Any = json.loads(text)
    except (ValueError, RecursionError):
        return _of_objects(salvage.objects(text))
    if isinstance(found, dict):
        contents = found.get("contents")
        if isinstance(found.get("services"), list):
            tables = {key: _rows(value) for key, value in found.items() if isinstance(value, list)}
            return _of_hsds(hsds.nested(tables))
        found = contents if isinstance(contents, list) else [found]
    if hsds.is_nested(found):
        return _of_hsds(_rows(found))
    return _of_objects(
        salvage.Found(json.dumps(one, ensure_ascii=False, indent=1), one) for one in _rows(found)
    )


def _rows(found: Any) -> list[dict[str, Any]]:
    return [one for one in found if isinstance(one, dict)]


def _of_objects(objects: Iterable[salvage.Found]) -> Iterator[Line]:
    states = state_names()
    for number, one in enumerate(objects, start=1):
        if one.fields is None:
            yield Line(number, one.text[:_PREVIEW], unreadable=True)
            continue
        said = flat.known(one.fields)
        mended = ("odd_spaces",) if one.mended else ()
        yield _of_flat(number, said, states, mended)


def _of_flat(
    number: int, said: Mapping[str, str], states: Mapping[str, str], mended: tuple[str, ...] = ()
) -> Line:
    draft = flat.draft(said, states)
    name = said.get("provider") or said.get("name", "")
    text = " · ".join(value for value in said.values() if value)[:_PREVIEW]
    if draft is None:
        return Line(number, text, name[:200])
    if draft.refuge:
        # Where it is stands nowhere, the report of the import included.
        text = " · ".join(filter(None, (draft.provider, draft.name, ", ".join(draft.numbers))))
    return Line(number, text, name[:200], (_with(draft, mended),))


def _with(draft: Draft, mended: tuple[str, ...]) -> Draft:
    key = _municipality(draft.state, draft.locality)
    if key and not draft.refuge:
        draft = replace(draft, municipality=key)
    return replace(draft, mended=(*mended, *draft.mended)) if mended else draft


def _municipality(state: str, locality: str) -> str:
    """Return the key of the municipality that is called exactly so; nothing is guessed."""
    return _municipalities().get((state, fold(locality)), "") if state and locality else ""


@cache
def _municipalities() -> dict[tuple[str, str], str]:
    found = [
        (one.key, place) for one in places.states() for place in places.municipalities(one.key)
    ]
    index = {(state, fold(place.name)): place.key for state, place in found}
    # Two of one name in a state: then the name alone says nothing.
    often = Counter((state, fold(place.name)) for state, place in found)
    return {name: key for name, key in index.items() if often[name] == 1}


def _of_hsds(services: Iterable[Mapping[str, Any]]) -> Iterator[Line]:
    states = state_names()
    for number, one in enumerate(services, start=1):
        drafts = tuple(_with(draft, ()) for draft in hsds.drafts(one, states))
        yield Line(number, _seen(one, drafts), str(one.get("name") or "")[:200], drafts)


def _seen(one: Mapping[str, Any], drafts: Sequence[Draft]) -> str:
    """What a person reads of a line: its words where they were understood, else as it stands."""
    if not drafts:
        return json.dumps(one, ensure_ascii=False)[:_PREVIEW]
    first = drafts[0]
    said = (first.provider, first.name, first.locality, ", ".join(first.numbers))
    return " · ".join(filter(None, said))[:_PREVIEW]


def _of_sheets(data: bytes, filename: str) -> Iterator[Line]:
    states, number = state_names(), 0
    for sheet in read_workbook(data, filename).sheets:
        columns: dict[int, str] = {}
        for row in sheet.rows:
            texts = ["" if cell is None else str(cell) for cell in row]
            if not columns:
                found = flat.fields_of(texts)
                columns = found if {"provider", "name"} & set(found.values()) else {}
                continue
            said = {
                field: " ".join(texts[n].split()) for n, field in columns.items() if n < len(texts)
            }
            if any(said.values()):
                number += 1
                yield _of_flat(number, said, states)


def _package(data: bytes) -> dict[str, list[dict[str, Any]]]:
    """Return the tables of an HSDS package; nothing where the archive is a spreadsheet."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = {
                PurePosixPath(one.filename).stem: one
                for one in archive.infolist()
                if one.filename.lower().endswith(".csv")
            }
            if "services" not in files:
                return {}
            if sum(one.file_size for one in files.values()) > _UNPACKED:
                raise DomainError(_("El paquete es demasiado grande al abrirlo. Divídelo."))
            return {
                name: list(csv.DictReader(io.StringIO(_text(archive.read(one)))))
                for name, one in files.items()
            }
    except (zipfile.BadZipFile, csv.Error) as error:
        raise DomainError(
            _("El paquete está dañado."), hint=_("Descárgalo otra vez y súbelo de nuevo.")
        ) from error


def state_names() -> dict[str, str]:
    """Return the keys of the states by their folded names."""
    return {fold(one.name): one.key for one in places.states()}
