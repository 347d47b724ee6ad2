"""What the system counts of a community by itself, so that no review rests on an opinion alone."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from tequio.network.models import (
    Action,
    Assembly,
    Committee,
    Community,
    Decision,
    Demand,
    LiteracyCircle,
    Service,
    Sighting,
    Stakeholder,
    SurveyAnswer,
)


def number_of(rows: QuerySet[Any], whose: str, key: str = "pk") -> Coalesce:
    """Return how many of these rows belong to the outer row, as part of its question."""
    mine = rows.order_by().annotate(_whose=F(whose)).filter(_whose=OuterRef(key))
    counts = mine.values("_whose").annotate(_n=Count("pk")).values("_n")
    return Coalesce(Subquery(counts, output_field=IntegerField()), 0)


def counted(community: Community) -> dict[str, int]:
    """Count, for each word that a model's criterion may name, what there is."""
    meeting = Committee.objects.filter(ended_on=None, meetings__isnull=False).distinct()
    checked = Service.objects.filter(status=Service.Status.ACTIVE, verified_on__isnull=False)
    # One that has met; whom it is for, and where, is not asked here.
    circles = LiteracyCircle.objects.filter(meetings__state="held").distinct()
    numbers = {
        "actions_done": number_of(Action.objects.filter(state="done"), "community"),
        "answers": number_of(
            SurveyAnswer.objects.filter(round__closed_on__isnull=False), "round__community"
        ),
        "assemblies": number_of(Assembly.objects.filter(closed_at__isnull=False), "community"),
        "circles": number_of(LiteracyCircle.objects.filter(pk__in=circles), "community"),
        "committees": number_of(Committee.objects.filter(pk__in=meeting), "community"),
        "decisions": number_of(Decision.objects.filter(acts=True), "finding__community"),
        "demands": number_of(Demand.objects.all(), "community"),
        "services": number_of(checked, "organisation", "organisation"),
        "sightings": number_of(Sighting.objects.all(), "community"),
        "stakeholders": number_of(
            Stakeholder.objects.filter(is_us=False), "organisation", "organisation"
        ),
    }
    found = Community.objects.filter(pk=community.pk).annotate(
        **{f"n_{name}": number for name, number in numbers.items()}
    )
    row = found.values(*(f"n_{name}" for name in numbers)).get()
    return {name: int(row[f"n_{name}"]) for name in numbers}
