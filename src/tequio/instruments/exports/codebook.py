"""What each column of a file means, for whoever opens it without having asked anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.instruments.definitions import PREFERS_NOT, Instrument, Item
from tequio.instruments.definitions.shape import Scale
from tequio.instruments.exports.layouts import Rows

_Meaning = tuple[str, str, str, str, str]


def codebook(whole: Instrument, columns: Sequence[str]) -> Rows:
    """Say of the instrument what it is, and of every column what stands in it.

    A question or a scale without a column of its own comes after them: in the long shape its name
    stands in a column.
    """
    yield ("column", "label", "kind", "answers", "about", "note")
    rights, checked = whole.rights.notice.now(), whole.validation
    yield ("", whole.name.now(), "instrument", "", "", f"{whole.slug} {whole.version}. {rights}")
    yield ("", whole.purpose.now(), "validation", "", "", checked)
    known = {**_around(whole), **_questions(whole), **_scales(whole)}
    for column in columns:
        yield (column, *known[column])
    if "item" in columns:
        yield from ((item.id, *_question(whole, item)) for item in whole.questions)


def _around(whole: Instrument) -> dict[str, _Meaning]:
    """Say what stands beside the answers, in every shape."""
    who = _("Un número de esta persona que solo vale en este archivo")
    when = _("Cuándo le tocaba: T0 a T4, S si se fue antes, M en mantenimiento; vacío, aparte")
    how = _("worker: con quien acompaña; alone: solo, con un enlace; paper: en papel; device: app")
    day = _("El día en que contestó")
    slug = whole.slug.replace("-", "_")
    return {
        "person": (who, "text", "", "", ""),
        "record_id": (who, "text", "", "", ""),
        "wave": (when, "text", "", "", ""),
        "redcap_event_name": (when, "text", "", "", ""),
        "date": (day, "date", "", "", ""),
        f"{slug}_date": (day, "date", "", "", ""),
        "how": (_("De qué manera contestó"), "one", how, "", ""),
        "item": (_("La pregunta, por su nombre"), "text", "", "", ""),
        "item_label": (_("La pregunta, como se preguntó"), "text", "", "", ""),
        "answer": (_("Su respuesta, por su código"), "text", "", "", ""),
        "answer_label": (_("Su respuesta, como se leyó"), "text", "", "", ""),
        "value": (_("Lo que esa respuesta suma, si suma"), "whole", "", "", ""),
        f"{slug}_complete": (_("2: terminado, como lo escribe REDCap"), "whole", "2", "", ""),
    }


def _questions(whole: Instrument) -> dict[str, _Meaning]:
    found = {}
    for item in whole.questions:
        found[item.id] = _question(whole, item)
        if item.kind == "many":
            for choice in whole.choices[item.choices]:
                label = f"{item.text.now()} · {choice.label.now()}"
                column = f"{item.id}___{choice.code}"
                found[column] = (label, "one", _("1 sí; 0 no"), item.about, "")
            refused = f"{item.text.now()} · {_('Prefiero no decir')}"
            column = f"{item.id}___{PREFERS_NOT}"
            found[column] = (refused, "one", _("1 sí; 0 no"), item.about, "")
    return found


def _question(whole: Instrument, item: Item) -> _Meaning:
    parts = [f"{one.code} {one.label.now()}" for one in whole.choices.get(item.choices, ())]
    if item.choices:
        parts.append(f"{PREFERS_NOT} {_('Prefiero no decir')}")
    return item.text.now(), item.kind, "; ".join(parts), item.about, ""


def _scales(whole: Instrument) -> dict[str, _Meaning]:
    found = {}
    for scale in whole.scales:
        column, name = f"score_{scale.id}", scale.name.now()
        of = _("de %(n)s preguntas") % {"n": len(scale.items)}
        found[column] = (name, "score", " ".join(scale.items), "", " ".join(_counted(scale)))
        answered = _("%(scale)s: cuántas contestó") % {"scale": name}
        found[f"{column}_answered"] = (answered, "whole", "", "", of)
        made_up = _("%(scale)s: si lo que faltaba se prorrateó") % {"scale": name}
        found[f"{column}_prorated"] = (made_up, "one", _("1 sí; 0 no"), "", "")
    return found


_METHODS: Final = {
    "sum": gettext_lazy("Suma."),
    "mean": gettext_lazy("Promedio."),
    "count": gettext_lazy("Cuántas tienen alguna respuesta que cuenta."),
    "any": gettext_lazy("1 si alguna tiene una respuesta que cuenta; 0 si ninguna."),
}
_DIRECTIONS: Final = {
    "higher_is_worse": gettext_lazy("Más alto es peor."),
    "higher_is_better": gettext_lazy("Más alto es mejor."),
    "neither": "",
}


def _counted(scale: Scale) -> Iterator[str]:
    yield str(_METHODS[scale.method])
    yield str(_DIRECTIONS[scale.direction])
    yield _("Hacen falta %(least)s respuestas; con menos no hay número.") % {
        "least": scale.least_answered
    }
    yield _("Si falta alguna se prorratea.") if scale.prorate else _("Nunca se prorratea.")
    if scale.reverse:
        yield _("Al revés: %(items)s.") % {"items": " ".join(scale.reverse)}
    for cut in scale.cut_offs:
        said = {"at": cut.at, "means": cut.means.now(), "source": cut.source}
        yield _("Desde %(at)s: %(means)s (%(source)s).") % said
