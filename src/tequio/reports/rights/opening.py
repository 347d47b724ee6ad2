"""Sealed columns of a man's file, in words: what is coded apart from what somebody wrote."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.care import questions, referring
from tequio.care import vault as care_vault
from tequio.care.models import Diagnosis, Plan, Referral, Talk
from tequio.care.queries.pages import answers_of, parts
from tequio.circles import sealed as circles_sealed
from tequio.circles.models import Telling
from tequio.core.text import join_names
from tequio.outreach import vault as outreach_vault
from tequio.outreach.models import Call
from tequio.people import sealed as people_sealed
from tequio.people import sealed_answers, words
from tequio.people import vault as people_vault
from tequio.people.asked import asked_in
from tequio.people.catalogues import violence
from tequio.people.models import Assessment, Identity, Intake
from tequio.people.queries.assessments import answer_in_words
from tequio.people.words import say, say_all
from tequio.programmes import vault as programmes_vault
from tequio.programmes.models import EnrolmentStep
from tequio.reports.accounts.consent import USES
from tequio.reports.accounts.sealed import told_of
from tequio.reports.models import Testimony
from tequio.territory import places
from tequio.ui.parts import Fact


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that the file says; `words` where a person wrote it and another has to look."""

    label: str
    value: str
    words: bool = False


def opened(what: str, row: Any) -> list[Line]:
    """Return what one sealed column of a row says."""
    return [line for line in _OPENERS[what](row) if line.value.strip()]


def _identity(row: Identity) -> list[Line]:
    who = people_vault.unseal(row)
    return [
        Line(_("Nombre"), who.full_name),
        Line(_("Teléfono"), who.phone),
        Line(_("Año de nacimiento"), str(who.birth_year or "")),
        Line(_("Número en el registro importado"), who.outside_code),
    ]


def _answers(row: Intake) -> list[Line]:
    said = people_sealed.answers_of(row)
    found = [
        Fact(_("Lo manda una autoridad"), say(words.YES_NO, said.mandated)),
        Fact(_("Autoridad"), say(words.AUTHORITY, said.authority)),
        Fact(_("Pide carta de asistencia"), say(words.YES_NO, said.letter)),
        Fact(_("CURP, para la carta"), said.curp),
        Fact(_("Ya cumplió 18 años"), say(words.YES_NO, said.adult)),
        Fact(_("Estado civil"), say(words.MARITAL, said.marital)),
        Fact(_("Tiene hijas o hijos"), say(words.YES_NO_NOT_SAID, said.own_children)),
        Fact(_("Vive con su pareja"), say(words.LIVES, said.lives_with_partner)),
        Fact(_("Escolaridad"), say(words.SCHOOLING, said.schooling)),
        Fact(_("Trabaja"), say(words.WORKING, said.working)),
        Fact(_("Trabaja en"), say_all(words.WORK_HOURS, said.work_hours)),
        Fact(_("Lengua"), say(words.LANGUAGE, said.language)),
        Fact(_("Necesita intérprete"), say(words.YES_NO, said.interpreter)),
        Fact(_("Cómo lee"), say(words.READS, said.reads)),
        Fact(_("Le cuesta"), say_all(words.DISABILITY, said.disability)),
        Fact(_("Vive en"), _where(said.state, said.municipality)),
    ]
    lines = [Line(str(fact.label), str(fact.value)) for fact in found]
    return [*lines, Line(_("Vive en"), said.place, words=True)]


def _where(state: str, municipality: str) -> str:
    found = places.find(municipality)
    if found:
        return found.label
    return next((one.name for one in places.states() if one.key == state), "")


def _assessment(row: Assessment) -> list[Line]:
    whole, said = asked_in(row), sealed_answers.answers_of(row)
    return [
        Line(
            item.text.now(),
            answer_in_words(whole, item, said.get(item.id, "")),
            words=item.kind == "text",
        )
        for item in whole.questions
    ]


def _texts(row: Intake) -> list[Line]:
    said = people_sealed.texts_of(row)
    return [
        Line(_("Cómo llegó, en sus palabras"), said.route_words, words=True),
        Line(_("Qué espera, en sus palabras"), said.motive_words, words=True),
        Line(_("Su lengua, en sus palabras"), said.language_words, words=True),
        Line(_("Lo que necesita, en sus palabras"), said.needs, words=True),
    ]


def _step_note(row: EnrolmentStep) -> list[Line]:
    return [Line(_("Nota"), programmes_vault.open_note(row.enrolment, row), words=True)]


def _telling(row: Telling) -> list[Line]:
    house = row.session.group.organisation_id
    if row.part == Telling.Part.ROUND:
        return _round(house, row)
    if row.part != Telling.Part.AFTER:
        return []
    after = circles_sealed.open_after(house, row)
    said = {"yes": _("Sí"), "no": _("No")}
    coded = [
        (_("Hizo retiro"), after.retiro),
        (_("Lo explicó"), after.explained),
        (_("Al menos una hora"), after.an_hour),
        (_("Habló después"), after.talked),
        (_("Lo usó para evadir"), after.evaded),
        (_("Pidió apoyo"), after.support),
    ]
    return [
        Line(_("Lo que se llevó"), after.reflection, words=True),
        Line(_("Para la próxima vez"), after.next_time, words=True),
        *(Line(label, said.get(code, code)) for label, code in coded),
    ]


def _round(house: Any, row: Telling) -> list[Line]:
    told = circles_sealed.open_round(house, row)
    if told is None:
        return []
    answer = {"yes": _("Dijo que sí"), "no": _("Dijo que no")}.get(told.answer, _("No contestó"))
    day = timezone.localdate(row.said_at)
    acts = [
        f"{violence.label(act.kind, on=day)}: {violence.whom(act.against)}" for act in told.acts
    ]
    return [Line(_("En la ronda"), answer), Line(_("Lo que nombró"), "; ".join(acts))]


def _diagnosis(row: Diagnosis) -> list[Line]:
    found = []
    for part in parts(answers_of(row)):
        found += [Line(str(answer.label), str(answer.value)) for answer in part.answers]
        found.append(Line(str(part.title), part.words, words=True))
    return found


def _plan(row: Plan) -> list[Line]:
    body = care_vault.unseal(row.organisation_id, "plan", row.pk, bytes(row.sealed))
    tracks = [
        Line(
            questions.word(questions.TRACKS, track["code"]),
            f"{track['where']} {track['why']}".strip(),
            True,
        )
        for track in body["tracks"]
    ]
    return [
        Line(_("Por qué"), str(body["why"]), words=True),
        Line(_("Dónde"), str(body["where"]), words=True),
        *tracks,
    ]


def _talk(row: Talk) -> list[Line]:
    if row.sealed is None:
        return []
    body = care_vault.unseal(row.organisation_id, "talk", row.pk, bytes(row.sealed))
    texts = [value for value in body.values() if isinstance(value, str)]
    return [Line(_("Nota"), "\n".join(texts), words=True)]


def _referral(row: Referral) -> list[Line]:
    passed = referring.opened(row)
    shared = [Line(label, value, words=True) for label, value in passed.lines]
    return [
        Line(_("A dónde"), passed.to, words=True),
        *shared,
        Line(_("Cómo le fue"), passed.told, words=True),
    ]


def _call(row: Call) -> list[Line]:
    return [Line(_("Nota"), outreach_vault.note_of(row), words=True)]


def _testimony(row: Testimony) -> list[Line]:
    told = told_of(row)
    uses = join_names([str(label) for code, label in USES if code in row.uses])
    return [
        Line(_("Lo que contó"), told.words, words=True),
        Line(_("Cómo quiso que se le llamara"), told.called, words=True),
        Line(_("En qué informes lo permite"), uses),
    ]


_OPENERS: Final[Mapping[str, Callable[[Any], list[Line]]]] = {
    "people.Identity.sealed": _identity,
    "people.Assessment.answers": _assessment,
    "people.Intake.answers": _answers,
    "people.Intake.texts": _texts,
    "programmes.EnrolmentStep.sealed_note": _step_note,
    "circles.Telling.sealed": _telling,
    "care.Diagnosis.sealed": _diagnosis,
    "care.Plan.sealed": _plan,
    "care.Referral.sealed": _referral,
    "care.Talk.sealed": _talk,
    "outreach.Call.sealed_note": _call,
    "reports.Testimony.sealed": _testimony,
}
