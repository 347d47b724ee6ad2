"""The text of somebody else's instrument, brought with a permission: pasted, a file of ours, or an
XLSForm; in each case it becomes a form like any that an organisation brings."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from django.utils.translation import gettext as _
from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from tequio.core.errors import DomainError
from tequio.core.text import squeeze
from tequio.instruments import definitions, workbook
from tequio.instruments.definitions import BadDataFile, Instrument
from tequio.instruments.workbook import Row, Sheets, headed
from tequio.instruments.xform.reading import read
from tequio.instruments.xlsform.making import Made

# A list longer than this is no list of answers: somebody pasted the questions there.
_MOST_ANSWERS: Final = 20
_MOST_QUESTIONS: Final = 200


def from_lines(shell: Instrument, questions: str, answers: str, *, version: str) -> Made:
    """Make a form of pasted lines: one question each, all with the same answers.

    Raises
    ------
    DomainError
        Where there are no questions, fewer than two answers, or too many of either.
    """
    asked, chosen = _lines(questions), _lines(answers)
    if not asked:
        raise DomainError(_("Faltan las preguntas: una por renglón."))
    if len(chosen) < 2:
        raise DomainError(_("Faltan las respuestas: al menos dos, una por renglón."))
    if len(chosen) > _MOST_ANSWERS or len(asked) > _MOST_QUESTIONS:
        raise DomainError(
            _("Son demasiados renglones: caben %(questions)s preguntas y %(answers)s respuestas.")
            % {"questions": _MOST_QUESTIONS, "answers": _MOST_ANSWERS},
            hint=_("Para algo más largo, tráelo como XLSForm."),
        )
    survey: list[Row] = [
        {"type": "select_one respuestas", "name": f"p{n}", "label": words}
        for n, words in enumerate(asked, start=1)
    ]
    choices: list[Row] = [
        {"list_name": "respuestas", "name": str(n), "label": words}
        for n, words in enumerate(chosen, start=1)
    ]
    return _made(_sheets(shell, survey, choices, version))


def from_toml(shell: Instrument, body: bytes) -> Made:
    """Make a form of an instrument in the format of the library.

    Raises
    ------
    DomainError
        Where the file does not follow it, with the line and the key.
    """
    with TemporaryDirectory(prefix="tequio-text-") as folder:
        path = Path(folder) / shell.slug / f"{_version_in(body)}.toml"
        path.parent.mkdir()
        path.write_bytes(body)
        try:
            brought = definitions.read(path, permission=True).instrument
        except BadDataFile as error:
            raise DomainError(str(error)) from error
    return _made(workbook.sheets(brought))


def under(made: Made, shell: Instrument, *, version: str) -> Made:
    """Return a form that was brought, under the name of the shell that it fills."""
    if made.form is None or not made.may_be_kept:
        return made
    settings = dict(made.sheets["settings"][0]) | {"form_id": shell.slug, "version": version}
    again = _made({**made.sheets, "settings": [settings]})
    return Made(made.problems, again.sheets, again.form)


def _version_in(body: bytes) -> str:
    """The file's own version names it; what has none is refused by its schema."""
    for line in body.decode("utf-8", "replace").splitlines():
        key, _sign, value = line.partition("=")
        found = value.strip().strip('"')
        if key.strip() == "version" and found.replace(".", "").isdigit():
            return found
    return "1"


def _lines(text: str) -> list[str]:
    return [said for line in text.splitlines() if (said := squeeze(line))]


def _sheets(shell: Instrument, survey: list[Row], choices: list[Row], version: str) -> Sheets:
    settings = {"form_title": shell.name.es, "form_id": shell.slug, "version": version}
    return {"survey": survey, "choices": choices, "settings": [settings]}


def _made(sheets: Sheets) -> Made:
    try:
        made = convert(xlsform=headed(sheets), validate=False, pretty_print=False)
    except PyXFormError as error:
        raise DomainError(_("Con ese texto no se puede hacer un formulario: %(why)s")
                          % {"why": str(error)[:200]}) from error  # fmt: skip
    return Made((), sheets, read(str(made.xform).encode()))
