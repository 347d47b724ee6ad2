"""What other programs write differently, put right, with a notice of each thing that was done."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from tequio.instruments.xlsform.book import Book, Line, Sheet, Weight

# SurveyCTO: what watches over who asks. None of it is asked of anybody; none of it is kept.
_WATCHES: Final = (
    "audio audit",
    "text audit",
    "speed violations",
    "sensor_stream",
    "sensor_statistic",
    "sensor stream",
    "sensor statistic",
    "comments",
    "caseid",
)
_TYPES: Final = {
    "calculate_here": "calculate",
    "select1": "select_one",
    "select": "select_multiple",
    "datetime": "dateTime",
    "phone": "text",
    "string": "text",
    "int": "integer",
    "begin_lgroup": "begin_repeat",
    "end_lgroup": "end_repeat",
}
# Columns of others that say nothing about what is asked.
_LEFT_OUT: Final = frozenset(
    {"publishable", "response_note", "note", "minimum_seconds", "report_view", "relevance_note"}
)
_OTHER: Final = "other"
_YES: Final = frozenset({"yes", "true", "true()", "si", "sí", "1", "x"})
_NO: Final = frozenset({"no", "false", "false()", "0"})


def repair(book: Book) -> None:
    """Put right what is only written differently."""
    survey = book.survey
    for column in sorted(_LEFT_OUT & set(survey.columns)):
        if any(line.values.pop(column, "") for line in survey.lines):
            book.say(
                Weight.REPAIRED,
                _("La columna «%(column)s» es de otro programa y aquí no se usa.")
                % {"column": column},
                survey,
            )
        del survey.columns[column]
    kept: list[Line] = []
    for line in survey.lines:
        if _is_off(line) or _watches(book, line):
            continue
        _type(book, line)
        _yes_or_no(line)
        kept.append(line)
        if line.get("type").endswith(" or_other"):
            kept.append(_other(book, line))
    survey.lines = kept
    for line in book.choices.lines:
        # SurveyCTO and Excel: a code that is a number came as one.
        if line.get("name").endswith(".0") and line.get("name")[:-2].isdigit():
            line.values["name"] = line.get("name")[:-2]


def _other(book: Book, line: Line) -> Line:
    """Write out «or_other» here: the reader of forms says it in English only."""
    kind, _sign, named = line.get("type").removesuffix(" or_other").partition(" ")
    name, listed = line.get("name"), named.strip()
    line.values["type"] = f"{kind} {listed}"
    answers = [one for one in book.choices.lines if one.get("list_name") == listed]
    if answers and all(one.get("name") != _OTHER for one in answers):
        said = _in_each(book.choices, "Otra respuesta", "Other")
        row = {"list_name": listed, "name": _OTHER, **said}
        book.choices.lines.append(Line(answers[-1].number, row))
    row = {"type": "text", "name": f"{name}_{_OTHER}"}
    row |= {"relevant": f"selected(${{{name}}}, '{_OTHER}')"}
    return Line(line.number, row | _in_each(book.survey, "¿Cuál?", "Which one?"))


def _in_each(sheet: Sheet, spanish: str, english: str) -> dict[str, str]:
    """Say it in every language of a sheet: in Spanish where it is that, or where none is named."""
    columns = [one for one in sheet.columns if one.partition("::")[0] == "label"] or ["label"]
    named = {one: one.partition("::")[2].casefold() for one in columns}
    return {
        one: spanish if not name or name.startswith("es") or "(es" in name else english
        for one, name in named.items()
    }


def _is_off(line: Line) -> bool:
    return line.values.pop("disabled", "").casefold() in _YES


def _watches(book: Book, line: Line) -> bool:
    kind = line.get("type").casefold()
    if not kind.startswith(_WATCHES):
        return False
    book.say(
        Weight.REPAIRED,
        _("«%(type)s» graba o vigila a quien pregunta y aquí no existe: se quitó.")
        % {"type": line.get("type")},
        book.survey,
        book.survey.cell(line, "type"),
    )
    return True


def _type(book: Book, line: Line) -> None:
    said = " ".join(line.get("type").split())
    first, _sign, rest = said.partition(" ")
    head = first.casefold()
    if head in ("begin", "end") and rest:
        made = f"{head}_{rest.casefold().replace(' ', '_')}"
        made = _TYPES.get(made, made)
    elif said.casefold() in _TYPES:
        made = _TYPES[said.casefold()]
    elif head in _TYPES and rest:
        made = f"{_TYPES[head]} {rest}"
    else:
        made = f"{head} {rest}" if head.startswith(("select_", "rank")) and rest else said
    if made.casefold() != said.casefold() and head == "calculate_here":
        book.say(
            Weight.REPAIRED,
            _("«calculate_here» se leyó como «calculate»: se calcula siempre, no solo al pasar."),
            book.survey,
            book.survey.cell(line, "type"),
        )
    if made:
        line.values["type"] = made


def _yes_or_no(line: Line) -> None:
    for column in ("required", "readonly"):
        said = line.get(column).casefold()
        if said in _YES:
            line.values[column] = "yes"
        elif said in _NO:
            line.values.pop(column, None)
