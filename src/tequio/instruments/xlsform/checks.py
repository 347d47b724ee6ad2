"""Everything that is wrong with a form, at once, each with its cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Final

from django.utils.translation import gettext as _
from pyxform.question_type_dictionary import QUESTION_TYPE_DICT

from tequio.core import clock
from tequio.instruments.xform.calls import Around, Surroundings, around
from tequio.instruments.xform.expressions import BrokenExpression, compiled
from tequio.instruments.xform.functions import as_python
from tequio.instruments.xlsform.book import IN_SPANISH, Book, Line, Sheet, Weight
from tequio.instruments.xlsform.cycles import check_cycles

_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.\-]*")
_FIELD: Final = re.compile(r"\$\{\s*(?:last-saved#)?([^}]*?)\s*\}")
_HALF: Final = re.compile(
    r"\$\{[^}]*$|\$\{\s*\}|\$[A-Za-z_]\w*\}|(?<!\$)(?<!\\[pP])\{[A-Za-z_]\w*\}"
)
_EXPRESSIONS: Final = (
    "relevant",
    "constraint",
    "calculation",
    "choice_filter",
    "repeat_count",
    "required",
)
_PATTERN: Final = re.compile(r"""regex\([^'"]*,\s*(?:'([^']*)'|"([^"]*)")\s*\)""")
_CHOOSES: Final = ("select_one", "select_multiple", "rank")
FROM_FILE: Final = ("select_one_from_file", "select_multiple_from_file")
_OTHERS_FILE: Final = "select_one_external"
_OPENS: Final = {"begin_group": "end_group", "begin_repeat": "end_repeat"}
_SILENT: Final = frozenset(
    {"start", "end", "today", "deviceid", "subscriberid", "simserial", "phonenumber", "username"}
    | {"email", "calculate", "hidden", "audit", "start-geopoint", "background-audio", "imei"}
    | {"csv-external", "xml-external", "background-geopoint"}
)
_KNOWN_COLUMNS: Final = frozenset(
    {"type", "name", "relevant", "constraint", "calculation", "choice_filter", "repeat_count"}
    | {"required", "readonly", "appearance", "default", "parameters", "trigger", "autoplay"}
    | {"disabled"}
    | {"label", "hint", "guidance_hint", "constraint_message", "required_message"}
    | {"image", "audio", "video", "big-image", "save_to", "query", "intent"}
)


def check(book: Book) -> None:
    """Say everything that is wrong. Nothing is changed."""
    if not book.survey.lines:
        book.say(
            Weight.ERROR,
            _("No hay preguntas: falta una hoja «survey» con las columnas «type» y «name»."),
        )
        return
    for column in ("type", "name"):
        if column not in book.survey.columns:
            book.say(
                Weight.ERROR, _("Falta la columna «%(column)s».") % {"column": column}, book.survey
            )
    _columns(book)
    if "type" not in book.survey.columns or "name" not in book.survey.columns:
        return  # what each row lacks is only that column
    lists = _lists(book)
    names = Counter(line.get("name") for line in book.survey.lines if line.get("name"))
    _walk(book)
    for line in book.survey.lines:
        _type(book, line, lists)
        _named(book, line)
        _read_out(book, line)
        _fields(book, line, names)
        _expressions(book, line)
    check_cycles(book)
    _translations(book, book.survey)
    _translations(book, book.choices)


def _say(book: Book, text: str, line: Line, column: str, *, notice: bool = False) -> None:
    weight = Weight.NOTICE if notice else Weight.ERROR
    book.say(weight, text, book.survey, book.survey.cell(line, column))


def _columns(book: Book) -> None:
    for column, at in book.survey.columns.items():
        base = column.partition("::")[0]
        if base in _KNOWN_COLUMNS or base in ("bind", "body", "instance", "control"):
            continue
        head = Line(1, {})
        known = IN_SPANISH.get(base)
        near = [known] if known else get_close_matches(base, _KNOWN_COLUMNS, 1, 0.8)
        text = (
            _("Nadie lee la columna «%(column)s». ¿Quisiste decir «%(near)s»?")
            % {"column": column, "near": near[0]}
            if near
            else _("Nadie lee la columna «%(column)s».") % {"column": column}
        )
        book.say(
            Weight.NOTICE, text, book.survey, book.survey.cell(head, column) if at >= 0 else ""
        )


def _lists(book: Book) -> dict[str, Counter[str]]:
    sheet, found = book.choices, {}  # type: Sheet, dict[str, Counter[str]]
    for line in sheet.lines:
        name, code = line.get("list_name"), line.get("name")
        if not name:
            text = _("Esta respuesta no dice de qué lista es («list_name»).")
            book.say(Weight.ERROR, text, sheet, sheet.cell(line, "list_name"))
            continue
        if not code:
            text = _("A esta respuesta de «%(list)s» le falta su código («name»).") % {"list": name}
            book.say(Weight.ERROR, text, sheet, sheet.cell(line, "name"))
            continue
        codes = found.setdefault(name, Counter())
        codes[code] += 1
        if codes[code] == 2 and not _repeats_allowed(book):
            text = _("La lista «%(list)s» tiene dos veces el código «%(code)s».") % {
                "list": name,
                "code": code,
            }
            book.say(Weight.ERROR, text, sheet, sheet.cell(line, "name"))
        if not line.said("label") and not line.said("image"):
            text = _("La respuesta «%(code)s» no tiene texto («label»).") % {"code": code}
            book.say(Weight.NOTICE, text, sheet, sheet.cell(line, "label"))
    return found


def _repeats_allowed(book: Book) -> bool:
    said = (line.get("allow_choice_duplicates").casefold() for line in book.settings.lines)
    return any(one in ("yes", "true") for one in said)


def _walk(book: Book) -> None:
    """Groups close in the order in which they opened, and no name stands twice in one."""
    open_now: list[tuple[str, Line]] = []
    inside: list[set[str]] = [set()]
    for line in book.survey.lines:
        kind, name = line.get("type").casefold(), line.get("name")
        if kind in _OPENS.values():
            _close(book, line, open_now, inside)
            continue
        if name:
            if name.casefold() in inside[-1]:
                text = _("Ya hay otra pregunta que se llama «%(name)s».") % {"name": name}
                _say(book, text, line, "name")
            inside[-1].add(name.casefold())
        if kind in _OPENS:
            open_now.append((kind, line))
            inside.append(set())
    for kind, line in open_now:
        text = _("Este grupo «%(name)s» se abre y no se cierra: falta «%(end)s».") % {
            "name": line.get("name"),
            "end": _OPENS[kind],
        }
        _say(book, text, line, "type")


def _close(
    book: Book, line: Line, open_now: list[tuple[str, Line]], inside: list[set[str]]
) -> None:
    kind = line.get("type").casefold()
    if not open_now:
        _say(book, _("«%(end)s» cierra un grupo que nadie abrió.") % {"end": kind}, line, "type")
        return
    opened, by = open_now.pop()
    inside.pop()
    if _OPENS[opened] != kind:
        text = _("Aquí se cierra con «%(end)s» lo que en la fila %(row)s se abrió con «%(begin)s».")
        _say(book, text % {"end": kind, "row": by.number, "begin": opened}, line, "type")


def _type(book: Book, line: Line, lists: dict[str, Counter[str]]) -> None:
    said = line.get("type")
    head, _sign, rest = said.partition(" ")
    kind = head.casefold()
    if not said:
        _say(book, _("Esta fila no dice de qué tipo es («type»)."), line, "type")
    elif kind in _OPENS or kind in _OPENS.values() or kind == _OTHERS_FILE:
        return
    elif kind in FROM_FILE:
        if not rest.strip().casefold().endswith(".csv"):
            text = _(
                "Las respuestas que están en un archivo se leen de un .csv, y «%(name)s» no lo es. "
                "Guárdalo como .csv."
            )
            _say(book, text % {"name": rest.strip()}, line, "type")
    elif kind in _CHOOSES:
        name = rest.removesuffix(" or_other").strip()
        if not name:
            _say(
                book, _("«%(type)s» no dice de qué lista se elige.") % {"type": said}, line, "type"
            )
        elif name not in lists and not name.startswith("${"):
            text = _("La lista «%(list)s» no está en la hoja de respuestas.") % {"list": name}
            _say(book, _with_near(text, name, lists), line, "type")
        elif kind != "select_one":
            _spaces(book, line, name, lists)
    elif said not in QUESTION_TYPE_DICT and said.casefold() not in QUESTION_TYPE_DICT:
        known = [one for one in QUESTION_TYPE_DICT if " " not in one] + list(_CHOOSES)
        text = _("No hay ningún tipo «%(type)s».") % {"type": said}
        _say(book, _with_near(text, kind, known), line, "type")


def _spaces(book: Book, line: Line, name: str, lists: dict[str, Counter[str]]) -> None:
    bad = [code for code in lists[name] if " " in code]
    if bad:
        text = _(
            "De «%(list)s» se eligen varias, y su código «%(code)s» tiene un espacio: quedarían "
            "dos respuestas."
        )
        _say(book, text % {"list": name, "code": bad[0]}, line, "type")


def _with_near(text: str, said: str, known: object) -> str:
    near = get_close_matches(said, list(known), 1, 0.7)  # type: ignore[call-overload]
    return f"{text} {_('¿Será «%(near)s»?') % {'near': near[0]}}" if near else text


def _named(book: Book, line: Line) -> None:
    kind, name = line.get("type").casefold(), line.get("name")
    if kind in _OPENS.values() or not kind:
        return
    if not name:
        _say(book, _("A esta fila le falta su nombre («name»)."), line, "name")
    elif not _NAME.fullmatch(name):
        text = _(
            "«%(name)s» no puede ser un nombre: empieza con letra y solo lleva letras sin acento, "
            "números y guiones, sin espacios."
        )
        _say(book, text % {"name": name}, line, "name")


def _read_out(book: Book, line: Line) -> None:
    kind = line.get("type").casefold()
    if kind in _OPENS or kind in _OPENS.values() or not kind:
        return
    if kind == "calculate":
        if not line.get("calculation") and not line.get("default"):
            _say(book, _("No dice qué se calcula («calculation»)."), line, "calculation")
    elif kind not in _SILENT and not line.get("calculation") and not _says_something(line):
        _say(book, _("Esta pregunta no tiene texto («label»)."), line, "label")


def _says_something(line: Line) -> bool:
    return any(line.said(one) for one in ("label", "hint", "image", "audio", "video"))


def _texts(line: Line) -> Iterator[tuple[str, str]]:
    for column, said in line.values.items():
        if column not in ("type", "name") and ("$" in said or "{" in said):
            yield column, said


def _fields(book: Book, line: Line, names: Counter[str]) -> None:
    for column, said in _texts(line):
        if column in _EXPRESSIONS and _HALF.search(said):
            text = _("«%(said)s» tiene un ${…} a medias.") % {"said": _short(said)}
            _say(book, text, line, column)
        for name in dict.fromkeys(_FIELD.findall(said)):
            if not name:
                continue
            if name not in names:
                text = _("«${%(name)s}» no existe: ninguna pregunta se llama así.") % {"name": name}
                _say(book, _with_near(text, name, names), line, column)
            elif names[name] > 1:
                text = _("«${%(name)s}» puede ser cualquiera de %(count)s preguntas.") % {
                    "name": name,
                    "count": names[name],
                }
                _say(book, text, line, column)


def _expressions(book: Book, line: Line) -> None:
    for column in _EXPRESSIONS:
        said = line.get(column)
        if not said or said in ("yes", "no") or _HALF.search(said):
            continue
        broken = _broken(said)
        if broken:
            text = _("No se entiende «%(said)s». %(why)s") % {
                "said": _short(said),
                "why": _why(said, broken),
            }
            _say(book, text, line, column)
        elif pattern := _bad_pattern(said):
            text = _("No se entiende el patrón «%(pattern)s» de regex(): nada podría cumplirlo.")
            _say(book, text % {"pattern": _short(pattern)}, line, column)


def _broken(said: str) -> str:
    """Return why an expression cannot be read, or nothing; reading works out what is constant."""
    token = around.set(Around(Surroundings(clock.now()), None, lambda _path: []))
    try:
        compiled(_FIELD.sub("/data/x", said))
    except BrokenExpression as broken:
        return str(broken)
    except (TypeError, LookupError, ZeroDivisionError):
        return ""  # it was read; what it gives depends on answers
    finally:
        around.reset(token)
    return ""


def _bad_pattern(said: str) -> str:
    """Return a pattern that matches nothing because it cannot be read, or nothing."""
    for single, double in _PATTERN.findall(said):
        try:
            re.compile(as_python(single or double))
        except re.error:
            return str(single or double)
    return ""


def _why(said: str, reason: str) -> str:
    plain = re.sub(r""""[^"]*"|'[^']*'""", "''", said)
    if plain.count("(") != plain.count(")"):
        return _("Los paréntesis no cierran.")
    if plain.count("'") % 2 or plain.count('"') % 2:
        return _("Hay comillas que no cierran.")
    if found := re.search(r"unknown function '([^']+)'", reason):
        return _("No hay ninguna función «%(name)s».") % {"name": found[1]}
    if re.search(r"==|&&|\|\||<>", plain):
        return _("Aquí se escribe =, !=, «and» y «or».")
    return _("Revisa signos, comillas y paréntesis.")


def _translations(book: Book, sheet: Sheet) -> None:
    for base in ("label", "hint", "constraint_message", "required_message"):
        columns = [one for one in sheet.columns if one.partition("::")[0] == base]
        if len(columns) < 2:
            continue
        for line in sheet.lines:
            if not line.said(base):
                continue
            for column in columns:
                if not line.get(column):
                    language = column.partition("::")[2] or _("el idioma sin nombre")
                    text = _("Falta la traducción: %(language)s.") % {"language": language}
                    book.say(Weight.NOTICE, text, sheet, sheet.cell(line, column))


def _short(said: str) -> str:
    return said if len(said) <= 60 else f"{said[:57]}…"
