"""Forms of any number of questions, made by pyxform, and filled in as a telephone would."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from pyxform.xls2xform import convert

from tequio.instruments import offered
from tequio.instruments.offered import Offered

FIELDS: Final = 26
_KINDS: Final = ("integer", "text", "select_one si_no", "select_multiple cosas", "decimal", "date")
_SAID: Final = (["7"], ["Sí, casi siempre"], ["si"], ["agua", "luz"], ["1.5"], ["2026-11-20"])


@lru_cache(maxsize=4)
def xform(questions: int, form_id: str = "barrio") -> bytes:
    """Return the XForm of so many questions; every tenth is asked only after a «sí»."""
    rows = [
        f"| | {_KINDS[(n - 1) % 6]} | p{n} | Pregunta {n} | {_condition(n)} |"
        for n in range(1, questions + 1)
    ]
    text = "\n".join(
        [
            "| survey |",
            "| | type | name | label | relevant |",
            *rows,
            "| choices |",
            "| | list_name | name | label |",
            *(f"| | si_no | {one} | {one} |" for one in ("si", "no")),
            *(f"| | cosas | {one} | {one} |" for one in ("agua", "luz", "gas")),
            "| settings |",
            "| | form_title | form_id | version |",
            f"| | Encuesta del barrio | {form_id} | 1 |",
        ]
    )
    made = convert(xlsform=text, file_type=".md", form_name="data", validate=False)
    return str(made.xform).encode()


def _condition(n: int) -> str:
    """Lean on the last question of yes or no before it."""
    asked = (n - 1) // 6 * 6 + 3
    before = asked if asked < n else asked - 6
    return f"${{p{before}}} = 'si'" if n % 10 == 0 and before > 0 else ""


def said(number: int) -> list[str]:
    """Return what is answered to a question; several things where several may be chosen."""
    return _SAID[(number - 1) % len(_SAID)]


def filled(questions: int, number: str, form_id: str = "barrio") -> bytes:
    """Return answers to all of it under a number, as ODK Collect writes them."""
    body = "".join(f"<p{n}>{' '.join(said(n))}</p{n}>" for n in range(1, questions + 1))
    return (
        "<?xml version='1.0' ?>"
        f'<data id="{form_id}" version="1" xmlns:orx="http://openrosa.org/xforms">{body}'
        f"<orx:meta><orx:instanceID>{number}</orx:instanceID></orx:meta></data>"
    ).encode()


def offer() -> None:
    """Offer the form of twenty-six questions to every telephone."""
    form = Offered("barrio", "1", "Encuesta del barrio", xform(FIELDS))
    offered.register("bench", lambda _organisation, _form_id: (form,))
