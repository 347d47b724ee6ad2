"""The designs as the page lays them out: a table of all, and a card for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from evidencia.words import Language
from tequio.studies.drawing import Ruler, ruler
from tequio.studies.queries.feasibility import Staying
from tequio.studies.queries.options import Option, Options
from tequio.studies.questions import Candidate, Question
from tequio.studies.rules.reach import NAIVE_CHANGE, Reach
from tequio.ui.parts import Column, Row, Table


@dataclass(frozen=True, slots=True)
class Card:
    """One design with its sentences and where it stands on the ruler."""

    option: Option
    ruler: Ruler
    smallest: str
    sentences: Sequence[str]
    rehearsed: str
    duration: str


@dataclass(frozen=True, slots=True)
class Basis:
    """From what the numbers were worked out, and what is missing in them."""

    coming: str
    staying: str
    assumed: str


def cards(laid: Options, *, about_violence: bool) -> list[Card]:
    """Return a card for each design; those that may be chosen first."""
    ordered = sorted(laid.options, key=lambda one: not one.offered)
    return [_card(one, about_violence=about_violence) for one in ordered]


def table(laid: Options) -> Table:
    """Return all designs side by side, in few words."""
    return Table(
        _("Los diseños, lado a lado"),
        (
            Column(_("Diseño")),
            Column(_("Personas"), number=True),
            Column(_("Últimas respuestas"), number=True),
            Column(_("Meses"), number=True),
            Column(_("Vería a partir de")),
        ),
        [
            Row(
                (
                    str(one.design.name),
                    one.reach.people,
                    one.reach.answers,
                    one.months,
                    smallest(one.reach),
                )
            )
            if one.offered
            else Row((str(one.design.name), "—", "—", "—", _("Hoy no se ofrece")))
            for one in laid.options
        ],
    )


def smallest(found: Reach) -> str:
    """Say the smallest difference seen, in persons out of a hundred."""
    if found.standardised is None:
        return _("No se puede saber")
    if found.share is not None and found.of is not None:
        return _("de %(of)s a %(to)s de cada 100") % {
            "of": round(100 * found.of),
            "to": round(100 * found.share),
        }
    return _("quien estaba a la mitad de 100 quedaría en el lugar %(place)s") % {
        "place": found.place
    }


def basis(question: Question, laid: Options) -> Basis:
    """Say from which numbers all this comes."""
    first = next((one for one in question.candidates if one.primary), None)
    return Basis(
        coming=_answering(laid) if question.informant == "community" else _coming(laid),
        staying=_staying(laid.feasible.staying),
        assumed=_assumed(first) if first and first.share is not None else "",
    )


def _assumed(first: Candidate) -> str:
    words = {"measure": first.label, "share": f"{100 * (first.share or 0):.0f}"}
    supposed = _("«%(measure)s»: se supone que al empezar la cuentan %(share)s de cada 100.")
    return f"{supposed % words} {first.source}"


def _card(one: Option, *, about_violence: bool) -> Card:
    # What partners said of other programmes is a measure of violence and of nothing else.
    left_out = set() if about_violence else {"planning.below_known_effects"}
    language = _language()
    rehearsed = one.rehearsal
    return Card(
        option=one,
        ruler=ruler(one.reach),
        smallest=smallest(one.reach),
        sentences=[n.text(language) for n in one.reach.notes if n.code not in left_out],
        rehearsed=rehearsed.notes[0].text(language) if rehearsed else "",
        duration=ngettext("%(n)s mes", "%(n)s meses", one.months) % {"n": one.months},
    )


def _coming(laid: Options) -> str:
    found, people = laid.feasible.coming, {"people": f"{laid.people:,}"}
    if laid.typed:
        words = {"monthly": f"{laid.monthly:g}", **people}
        return _("Se esperan %(people)s personas: %(monthly)s al mes, como lo escribieron.") % words
    if not found.people:
        return _(
            "No se sabe cuántas personas llegan: no hay nadie con fecha de entrada en el último "
            "año. Escribe cuántas esperas al mes, en «Con quiénes»."
        )
    words = {**people, "n": f"{found.people:,}", "months": f"{found.months:.0f}"}
    said = _(
        "Se esperan %(people)s personas, al paso de aquí: %(n)s llegaron por primera vez en los "
        "últimos %(months)s meses."
    )
    missing = ngettext(
        "De %(n)s persona no se sabe cuándo entró y no se cuenta.",
        "De %(n)s personas no se sabe cuándo entraron y no se cuentan.",
        found.undated,
    ) % {"n": f"{found.undated:,}"}
    return f"{said % words} {missing}" if found.undated else said % words


def _answering(laid: Options) -> str:
    found, people = laid.feasible.coming, f"{laid.people:,}"
    if laid.typed:
        return _("Se esperan %(people)s respuestas al año en cada lugar, como lo escribieron.") % {
            "people": people
        }
    if not found.people:
        return _(
            "No se sabe cuántas personas contestan: no hay encuestas del último año. Escribe "
            "cuántas esperas, en «Con quiénes»."
        )
    return _(
        "Se esperan %(people)s respuestas al año en cada lugar, como en la última encuesta de aquí."
    ) % {"people": people}


def _staying(found: Staying) -> str:
    lost = f"{100 * found.lost:.3g}"
    if found.ours:
        words = {"asked": f"{found.asked:,}", "answered": f"{found.answered:,}", "lost": lost}
        return (
            _(
                "De %(asked)s que contestaron al empezar y ya pasaron su último momento, "
                "%(answered)s contestaron también al final: se pierde la respuesta del "
                "%(lost)s %%."
            )
            % words
        )
    if found.source == "insp":
        words = {"asked": f"{found.asked:,}", "lost": lost}
        return (
            _(
                "Aquí todavía no hay con qué saber cuántos contestan al final (%(asked)s ya "
                "pasaron su último momento). Se toma lo que pasó en ocho estados en 2010: el "
                "%(lost)s %% de los hombres vino a doce sesiones o menos. A quienes se fueron "
                "también se les busca, así que puede salir mejor."
            )
            % words
        )
    if found.source == "women":
        return _(
            "Cuántas contestan al final no se ve de este lado. Se toma lo de un estudio "
            "publicado con parejas: a los nueve meses no contestó el %(lost)s %%."
        ) % {"lost": lost}
    if found.source == "counted":
        return _("A nadie se le pregunta: la asistencia ya se pasa. Nadie se pierde.")
    return _("Cada año contestan otras personas: nadie se pierde, y tampoco se sigue a nadie.")


def naive() -> str:
    """Say what is usual before and after, where nobody is compared."""
    return _(
        "Antes y después, sin comparar, otros programas han visto cambios de %(change)s "
        "desviaciones: con comparación, de 0 a 0.3. La diferencia no es del programa."
    ) % {"change": f"{NAIVE_CHANGE:g}"}


def _language() -> Language:
    return "en" if (get_language() or "").startswith("en") else "es"
