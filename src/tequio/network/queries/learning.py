"""What was seen and asked in a community, year on year, each number with what it stands on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from tequio.access.models import User
from tequio.access.policies import pick
from tequio.network import definitions
from tequio.network.models import Community, Sighting, SurveyAnswer, SurveyRound
from tequio.network.policies.learning import rounds_visible_to, sightings_visible_to
from tequio.network.queries.counting import number_of
from tequio.network.rules import survey
from tequio.network.rules.cycle import year_of

_HIGH = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """One closed survey: how many answered, and what they answered."""

    round: SurveyRound
    answered: tuple[survey.Answered, ...]


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One question through the years."""

    question: definitions.Question
    shown: tuple[survey.Shown | None, ...]


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One group of people through the years."""

    traits: tuple[tuple[str, str], ...]
    shown: tuple[survey.Shown | None, ...]


@dataclass(frozen=True, slots=True)
class SeenLine:
    """What was seen of one domain: for each year, how often, and how often 4 or 5."""

    domain: str
    years: tuple[tuple[int, int], ...]


def sightings(user: User, community: Community) -> list[Sighting]:
    """Return what was seen, the newest first."""
    return list(sightings_visible_to(user).filter(community=community))


def seen_by_year(
    community: Community, found: Sequence[Sighting]
) -> tuple[tuple[int, ...], tuple[SeenLine, ...]]:
    """Return the years, and for each domain how often it was seen in them."""
    years = sorted({year_of(community.started_on, row.on) for row in found})
    cells: dict[tuple[str, int], list[int]] = defaultdict(list)
    for row in found:
        cells[row.domain, year_of(community.started_on, row.on)].append(row.score)
    return tuple(years), tuple(
        SeenLine(
            domain,
            tuple(
                (len(cells[domain, year]), sum(score >= _HIGH for score in cells[domain, year]))
                for year in years
            ),
        )
        for domain in definitions.DOMAINS
    )


def rounds(user: User, community: Community) -> list[SurveyRound]:
    """Return the surveys with how many sheets each has."""
    rows = rounds_visible_to(user).filter(community=community)
    return list(rows.annotate(n=number_of(SurveyAnswer.objects.all(), "round")))


def round_of(user: User, round_id: UUID) -> SurveyRound:
    """Return one survey with its community."""
    rows = rounds_visible_to(user).select_related("community")
    return pick(rows.annotate(n=number_of(SurveyAnswer.objects.all(), "round")), pk=round_id)


def asked_by_year(user: User, community: Community) -> dict[int, Asked]:
    """Return the last closed survey of each year: an open one is not read before its time."""
    closed = rounds_visible_to(user).filter(community=community, closed_on__isnull=False)
    last = {row.year: row for row in closed.order_by("started_on", "written_at", "pk")}
    return asked(list(last.values()))


def asked(found: Sequence[SurveyRound]) -> dict[int, Asked]:
    """Read the sheets of some closed surveys."""
    sheets: dict[UUID, list[survey.Answered]] = defaultdict(list)
    for row in SurveyAnswer.objects.filter(round__in=found):
        traits = {trait: str(getattr(row, trait)) for trait in survey.TRAITS}
        sheets[row.round_id].append(survey.Answered(row.answers, traits, row.reached))
    return {row.year: Asked(row, tuple(sheets[row.pk])) for row in found}


def question_lines(
    model: definitions.CommunityModel, years: Sequence[int], found: dict[int, Asked]
) -> list[QuestionLine]:
    """Return each question through the years; a year in which it was not asked has nothing."""
    return [
        QuestionLine(
            question,
            tuple(
                survey.in_favour(found[year].answered, question.key, question.counts)
                if year in found
                else None
                for year in years
            ),
        )
        for question in model.survey
    ]


def group_lines(
    traits: tuple[str, str], years: Sequence[int], found: dict[int, Asked]
) -> list[GroupLine]:
    """Return each group of two traits through the years: how many of it were reached."""
    by_year = {year: survey.groups(found[year].answered, traits) for year in years}
    if not by_year:
        return []
    first = next(iter(by_year.values()))
    return [
        GroupLine(group.traits, tuple(by_year[year][n].shown for year in years))
        for n, group in enumerate(first)
    ]
