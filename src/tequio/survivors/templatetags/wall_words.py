"""Codes of letters in words."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils.translation import gettext as _

from tequio.survivors import more_doors, words
from tequio.survivors.more_doors import MoreDoor
from tequio.survivors.words import word

register = template.Library()


@register.filter
def letter_kind(code: str) -> str:
    """Say what kind of letter it is."""
    return word(words.LETTERS, code)


@register.filter
def attended(status: str) -> str:
    """Say whether he was at a meeting."""
    return {
        "present": _("Fue."),
        "late": _("Fue, llegó tarde."),
        "absent": _("No fue."),
        "excused": _("Avisó que no iba."),
    }.get(status, _("No se anotó si fue."))


@register.filter
def moment(iso: str) -> datetime:
    """Return a sealed moment as one."""
    return datetime.fromisoformat(iso)


@register.simple_tag
def doors_of_other_rooms() -> tuple[MoreDoor, ...]:
    """Return the doors that rooms above opened here."""
    return more_doors.doors()
