"""The organisation's own forms, and what this person has under way."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from tequio.access.models import User
from tequio.access.policies import pick
from tequio.instruments import offered
from tequio.instruments.form_policies import forms_visible_to, sittings_of
from tequio.instruments.models import OwnFile, OwnForm
from tequio.instruments.xlsform.outline import Point, outline

_HEAVY = ("sheets", "xml", "said")


@dataclass(frozen=True, slots=True)
class Seen:
    """A form with all that its page shows."""

    row: OwnForm
    points: list[Point]
    languages: tuple[str, ...]
    questions: int


def own_forms(user: User) -> list[OwnForm]:
    """List them: in use first, then drafts, then retired ones."""
    rows = list(
        forms_visible_to(user)
        .select_related("brought_by", "permission__organisation")
        .defer(*_HEAVY, "permission__sealed_paper")
    )
    return sorted(
        rows, key=lambda one: (not one.in_use, bool(one.retired_at), one.title.casefold())
    )


def begun(user: User) -> set[UUID]:
    """Return the forms of which this person left an answer half-way."""
    return set(sittings_of(user).values_list("form_id", flat=True))


def own_form(user: User, own_form_id: UUID) -> Seen:
    """Return one form, read."""
    rows = forms_visible_to(user).select_related("brought_by", "permission__organisation")
    row = pick(rows.defer("permission__sealed_paper"), pk=own_form_id)
    form = offered.read_form(bytes(row.xml))
    return Seen(row, outline(form), form.languages, len(form.questions()))


def file_of(user: User, own_form_id: UUID, name: str) -> OwnFile:
    """Return a file beside a form."""
    row = pick(forms_visible_to(user).defer(*_HEAVY), pk=own_form_id)
    return pick(OwnFile.objects.filter(form=row), name=name)
