"""An intake read back: each answer in words, and nothing that was not asked."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tequio.people import words
from tequio.people.queries.intake import Entry
from tequio.people.queries.places import in_words
from tequio.people.rules.answers import Answers
from tequio.people.words import say, say_all
from tequio.ui.parts import Fact


def facts(entry: Entry) -> list[Fact]:
    """Return what was answered, in the order of the steps."""
    intake, answers, texts = entry.intake, entry.answers, entry.texts
    found = [
        Fact(_("Llegó por"), _with(intake.get_route_display(), texts.route_words)),
        Fact(_("Qué espera"), _with(intake.get_motive_display(), texts.motive_words)),
        Fact(_("Lo manda una autoridad"), say(words.YES_NO, answers.mandated)),
        Fact(_("Autoridad"), say(words.AUTHORITY, answers.authority)),
        Fact(_("Pide carta de asistencia"), say(words.YES_NO, answers.letter)),
        Fact(_("CURP, para la carta"), answers.curp),
        Fact(_("Ya cumplió 18 años"), say(words.YES_NO, answers.adult)),
        Fact(_("Estado civil"), say(words.MARITAL, answers.marital)),
        Fact(_("Tiene hijas o hijos"), say(words.YES_NO_NOT_SAID, answers.own_children)),
        Fact(_("Vive con su pareja"), say(words.LIVES, answers.lives_with_partner)),
        Fact(_("Escolaridad"), say(words.SCHOOLING, answers.schooling)),
        Fact(_("Trabaja"), say(words.WORKING, answers.working)),
        Fact(_("Vive en"), in_words(answers)),
        Fact(_("Lo que necesita, en sus palabras"), texts.needs),
    ]
    return [fact for fact in found if fact.value]


def needs(answers: Answers | None) -> list[Fact]:
    """Return what a circle has to prepare for him."""
    if answers is None:
        return []
    found = [
        Fact(_("Trabaja en"), say_all(words.WORK_HOURS, answers.work_hours)),
        Fact(_("Lengua"), say(words.LANGUAGE, answers.language)),
        Fact(_("Necesita intérprete"), say(words.YES_NO, answers.interpreter)),
        Fact(_("Cómo lee"), say(words.READS, answers.reads)),
        Fact(_("Le cuesta"), say_all(words.DISABILITY, answers.disability)),
    ]
    return [fact for fact in found if fact.value]


def _with(code: str, text: str) -> str:
    return f"{code}: «{text}»" if text else code
