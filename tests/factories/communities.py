"""Communities with everything that grows in them: one of each, or very many."""

from __future__ import annotations

from datetime import date, timedelta

from tests.factories.access import UserFactory

from tequio.access.models import Organisation, User
from tequio.core import clock
from tequio.network.actions import committees, communities, cycle, demands, doing, learning
from tequio.network.models import (
    Action,
    Assembly,
    Committee,
    Community,
    Demand,
    Finding,
    Meeting,
    Member,
    Money,
    PlanLine,
    Sighting,
    SurveyAnswer,
    SurveyRound,
    Vote,
)

BEGUN = date(2025, 3, 3)
DAY = date(2026, 11, 2)


def promoter_of(organisation: Organisation) -> User:
    """Return a promoter of an organisation."""
    return UserFactory.create(organisation=organisation, roles=["promoter"])


def community_of(
    by: User, *, name: str = "El Mirador", model: str = "rbc-cdmx", on: date = BEGUN
) -> Community:
    """Begin with a community."""
    beginning = communities.Beginning(name, model, on, "Paty Reséndiz", "Promotora")
    return communities.begin(by=by, beginning=beginning)


def voiced(
    by: User, community: Community, what: str = "Luz en el paradero", **said: object
) -> Demand:
    """Voice a demand."""
    body = {"theme": "streets", "what": what, "where": "street", "voiced_on": DAY, **said}
    return demands.voice(by=by, community_id=community.pk, voiced=demands.Voiced(**body))  # type: ignore[arg-type]


def taken(by: User, community: Community, **said: object) -> Action:
    """Take something on, for the first of December or, when that has gone, for a day to come."""
    soon = max(date(2026, 12, 1), clock.today(by.organisation.timezone) + timedelta(days=7))
    body = {"what": "Contar las lámparas", "owner": "Rosa", "due_on": soon, **said}
    return doing.take_on(by=by, community_id=community.pk, taken=doing.TakenOn(**body))  # type: ignore[arg-type]


def gathered(by: User, community: Community, **said: object) -> Assembly:
    """Open an assembly."""
    body = {"held_on": DAY, "place": "El salón", "present": 40, "votes_each": 2}
    rule = {"tie_rule": "more_voices", "how_many_go_first": 1}
    gathering = demands.Gathering(**{**body, **rule, **said})  # type: ignore[arg-type]
    return demands.gather(by=by, community_id=community.pk, gathering=gathering)


def found(by: User, community: Community, what: str = "Casi nadie vino", on: date = DAY) -> Finding:
    """Find something."""
    body = learning.Found(on, what, "reach", "Son pocas las que contestaron.")
    return learning.find(by=by, community_id=community.pk, found=body)


def things(organisation: Organisation) -> dict[str, object]:
    """One of each, as the table of routes asks for them."""
    by = promoter_of(organisation)
    community = community_of(by)
    voiced(by, community)
    committee = committees.found(by=by, community_id=community.pk, name="Comité", founded_on=BEGUN)
    joining = committees.Joining("Rosa", "member", BEGUN, date(2027, 3, 3), agrees=True)
    opened = cycle.open_round(by=by, community_id=community.pk, started_on=DAY, how="Puertas")
    return {
        "community_id": community.pk,
        "assembly_id": gathered(by, community).pk,
        "action_id": taken(by, community).pk,
        "committee_id": committee.pk,
        "member_id": committees.join(by=by, committee_id=committee.pk, joining=joining).pk,
        "round_id": opened.pk,
        "finding_id": found(by, community).pk,
    }


def many(organisation: Organisation, how_many: int) -> dict[str, object]:
    """The same with so many rows of everything."""
    keys = things(organisation)
    by = User.objects.filter(organisation=organisation, grants__role="promoter").first()
    assert by is not None
    community = Community.objects.get(pk=keys["community_id"])
    committee = Committee.objects.get(pk=keys["committee_id"])
    mine = {"organisation": organisation, "community": community, "written_by": by}
    asked = {"theme": "other", "where": "street", "voiced_on": DAY}
    rows = [Demand(**mine, **asked, what=f"Pedimos {n}") for n in range(how_many)]
    Demand.objects.bulk_create(rows)
    assembly = Assembly.objects.get(pk=keys["assembly_id"])
    Vote.objects.bulk_create(Vote(assembly=assembly, demand=row, votes=1, place=1) for row in rows)
    Action.objects.bulk_create(
        Action(**mine, demand=row, committee=committee, what="Ir", owner="Rosa", due_on=DAY)
        for row in rows
    )
    seen = {"activity": "Plática", "how_many": 9, "domain": "skills", "score": 4, "heard": "Sí."}
    Sighting.objects.bulk_create(Sighting(**mine, **seen, on=DAY) for _row in rows)
    said = {"year": 2, "on": DAY, "what": "Algo", "source": "talk", "limits": "Poco"}
    Finding.objects.bulk_create(Finding(**mine, **said) for _row in rows)
    PlanLine.objects.bulk_create(
        PlanLine(**mine, year=1, what=f"Hacer {n}", change="new") for n in range(how_many)
    )
    closed = SurveyRound.objects.create(
        **mine, model_slug=community.model_slug, model_version=community.model_version, year=1,
        started_on=BEGUN, how="Puertas", closed_on=BEGUN, refused=3,
    )  # fmt: skip
    SurveyAnswer.objects.bulk_create(
        SurveyAnswer(round=closed, answers={"knows_where": "yes"}, gender="woman", age="18-29")
        for _row in rows
    )
    his = {"committee": committee, "written_by": by}
    Member.objects.bulk_create(
        Member(**his, alias="Rosa", part="member", since=BEGUN, agreed_on=BEGUN, term_ends_on=DAY)
        for _row in rows
    )
    Meeting.objects.bulk_create(
        Meeting(**his, held_on=BEGUN + timedelta(days=n % 300), present=4, spoke_of="Luz")
        for n in range(how_many)
    )
    Money.objects.bulk_create(
        Money(**his, way="received", cents=100, on=DAY, what="Rifa") for _row in rows
    )
    return keys
