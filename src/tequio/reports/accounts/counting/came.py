"""Who came, by what way and why they left: few variables, from a fixed menu."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.people import sealed, vault
from tequio.people.models import Identity, Intake
from tequio.people.rules.answers import Answers
from tequio.programmes.models import EnrolmentStep
from tequio.programmes.states import State, reason_label
from tequio.reports.accounts.blocks import Block
from tequio.reports.accounts.counting.men import Way, agreed, of_scope
from tequio.reports.accounts.counting.scope import Scope, of_people, people
from tequio.reports.accounts.counting.tables import (
    Levels,
    Words,
    one_way,
    shares,
    table_of,
    two_way,
)

_AGES: Final = ((18, 24), (25, 34), (35, 44), (45, 54))
_AGE_LEVELS: Final = (
    *((f"{low}", f"{low} a {high}") for low, high in _AGES),
    ("55", gettext_lazy("55 o más")),
)
_SCHOOL: Final = {
    **dict.fromkeys(("none", "primary_unfinished", "primary"), "primary"),
    **dict.fromkeys(("secondary_unfinished", "secondary"), "secondary"),
    **dict.fromkeys(("high_unfinished", "high"), "high"),
    **dict.fromkeys(("degree_unfinished", "degree", "postgraduate"), "degree"),
}
_SCHOOL_LEVELS: Final = (
    ("primary", gettext_lazy("Primaria o menos")),
    ("secondary", gettext_lazy("Secundaria")),
    ("high", gettext_lazy("Preparatoria o carrera técnica")),
    ("degree", gettext_lazy("Licenciatura o más")),
)
_WORK_LEVELS: Final = (
    ("yes", gettext_lazy("Trabaja")),
    ("no", gettext_lazy("No, y busca trabajo")),
    ("not_seeking", gettext_lazy("No, y no busca")),
)
_YES_NO: Final = (("yes", gettext_lazy("Sí")), ("no", gettext_lazy("No")))
_ROUTES: Final = {
    **dict.fromkeys(("friend", "family"), "near"),
    **dict.fromkeys(("partner_invitation", "partner_ultimatum"), "partner"),
    **dict.fromkeys(("health", "academic", "government", "civil_organisation"), "service"),
    "court": "court",
    **dict.fromkeys(("campaign", "helpline", "own_crisis", "other"), "self"),
}
_ROUTE_LEVELS: Final = (
    ("near", gettext_lazy("Su familia o un amigo")),
    ("partner", gettext_lazy("Su pareja se lo pidió")),
    ("service", gettext_lazy("Un servicio, una escuela u otra organización")),
    ("court", gettext_lazy("Un juzgado o una fiscalía")),
    ("self", gettext_lazy("Por su cuenta, una campaña u otra vía")),
)
_END_LEVELS: Final = (
    ("on", gettext_lazy("Sigue en camino")),
    ("ended", gettext_lazy("Llegó al final")),
    ("left", gettext_lazy("Se fue o se canalizó")),
)


def sources(_scope: Scope, ways: Sequence[Way]) -> list[Block]:
    """Return by what way each came, against how it went on."""
    known = [way for way in ways if way.route in _ROUTES]
    counts = Counter((_ROUTES[way.route], _end(way)) for way in known)
    words = Words(
        name=_("Vía y salida"),
        caption=_("Por dónde llegaron y dónde estaban al final del periodo"),
        of=of_people(len(known), _("Hombres con ingreso terminado: %(n)s.")),
        missing=of_people(len(ways) - len(known), _("Sin ingreso terminado: %(n)s."))
        if len(ways) > len(known)
        else _("De nadie falta la vía."),
        caution=_("Quien llega por una vía no es igual a quien llega por otra: no se comparan."),
    )
    return [two_way(words, (_("Vía"), _("Dónde estaba")), (_ROUTE_LEVELS, _END_LEVELS), counts)]


def _end(way: Way) -> str:
    if way.ended:
        return "ended"
    return "left" if way.state in (State.WITHDRAWN, State.EXCLUDED, State.REFERRED) else "on"


def reasons(scope: Scope, _ways: Sequence[Way]) -> list[Block]:
    """Return why men left in the period, also those who had come before it."""
    steps = EnrolmentStep.objects.filter(
        enrolment__in=of_scope(scope).values("pk"),
        to_state__in=(State.WITHDRAWN, State.EXCLUDED),
        happened_on__range=(scope.period.first_on, scope.period.last_on),
    )
    counts = Counter(steps.values_list("reason", flat=True))
    levels = [(code, reason_label(code)) for code, _n in sorted(counts.items())]
    whole = sum(counts.values())
    unknown = counts.get("unknown", 0)
    words = Words(
        name=_("Motivos"),
        caption=_("Por qué se fueron"),
        of=of_people(whole, _("Salidas anotadas en el periodo: %(n)s.")),
        missing=of_people(unknown, _("De ellas, sin motivo conocido: %(n)s."))
        if unknown
        else _("No falta ningún motivo."),
        caution=_("Es lo que cada uno dijo o lo que el equipo supo, y no la causa."),
    )
    if not levels:
        levels = [("none", _("Nadie salió en el periodo"))]
    return [one_way(words, _("Motivo"), levels, counts)]


def came(scope: Scope, ways: Sequence[Way]) -> list[Block]:
    """Return the profile of those who agreed that what they answered may be used."""
    men = {way.participant_id for way in ways}
    willing = agreed(men)
    answers = _answers(scope, willing)
    asked: tuple[tuple[str, Levels, Mapping[UUID, str]], ...] = (
        (_("Edad"), _AGE_LEVELS, _ages(scope, willing)),
        (_("Escolaridad"), _SCHOOL_LEVELS, _of(answers, lambda a: _SCHOOL.get(a.schooling, ""))),
        (_("Trabajo"), _WORK_LEVELS, _of(answers, lambda a: a.working)),
        (_("Hijas o hijos"), _YES_NO, _of(answers, lambda a: a.own_children)),
    )
    words = Words(
        name=_("Perfil"),
        caption=_("Quiénes son, según lo que dijeron al ingresar"),
        of=of_people(len(willing), _("Hombres que aceptaron que sus respuestas se usen: %(n)s."))
        + " "
        + _("Cada renglón dice de cuántos se sabe."),
        missing=of_people(len(men) - len(willing), _("No aceptaron o no se les preguntó: %(n)s."))
        if len(men) > len(willing)
        else _("Todos aceptaron que sus respuestas se usen."),
        caution=_("Quienes no aceptaron o no dijeron pueden ser distintos."),
    )
    rows = tuple(row for name, levels, found in asked for row in _trait(name, levels, found))
    return [table_of(words, (_("Rasgo"), _("Hombres"), _("Parte"), _("De cuántos")), rows)]


def _trait(name: str, levels: Levels, found: Mapping[UUID, str]) -> Iterator[tuple[str, ...]]:
    said = Counter(found.values())
    n = sum(said.get(code, 0) for code, _label in levels)
    for label, *rest in shares(name, levels, said):
        yield (f"{name}: {label}", *rest, people(n))


def _of(answers: Mapping[UUID, Answers], take: Callable[[Answers], str]) -> dict[UUID, str]:
    return {man: take(said) for man, said in answers.items()}


def _answers(scope: Scope, willing: frozenset[UUID]) -> dict[UUID, Answers]:
    rows = Intake.objects.filter(
        organisation=scope.organisation_id,
        participant__in=list(willing),
        state=Intake.State.DONE,
        finished_at__lt=scope.after,
    )
    ordered = rows.defer("texts").order_by("finished_at", "pk")
    return {row.participant_id: sealed.answers_of(row) for row in ordered}


def _ages(scope: Scope, willing: frozenset[UUID]) -> dict[UUID, str]:
    rows = Identity.objects.filter(
        organisation=scope.organisation_id, participant__in=list(willing)
    )
    found = {}
    for row in rows:
        born = vault.unseal(row).birth_year
        if born is not None:
            found[row.participant_id] = _band(scope.period.last_on.year - born)
    return found


def _band(age: int) -> str:
    """Return the band of an age; a minor's is not shown, as they are always few."""
    if age >= 55:
        return "55"
    return next((str(low) for low, high in _AGES if low <= age <= high), "")
