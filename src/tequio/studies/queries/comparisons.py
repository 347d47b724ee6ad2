"""Reading what allies handed over."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from tequio.access.models import User
from tequio.instruments.exports import Answer
from tequio.network.models import Stakeholder
from tequio.studies import lottery_vault
from tequio.studies.models import Comparison, Study
from tequio.studies.policies.lotteries import comparisons_visible_to


def comparisons(user: User, study: Study) -> Sequence[Comparison]:
    """Return the comparisons of a study, newest first, without their rows."""
    found = comparisons_visible_to(user).filter(study=study).select_related("stakeholder")
    return list(found.defer("sealed_rows").order_by("-written_at", "pk"))


def allies(user: User) -> Sequence[Stakeholder]:
    """Return who could be an ally: everybody in the network but ourselves."""
    found = Stakeholder.objects.filter(organisation=user.organisation_id, is_us=False)
    return list(found.only("name").order_by("name_key", "pk"))


def rows(comparison_id: UUID) -> list[Answer]:
    """Return what the people of an ally answered, each a sitting: for a data set alone."""
    return lottery_vault.open_rows(Comparison.objects.get(pk=comparison_id))
