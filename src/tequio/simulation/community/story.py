"""Three years of a neighbourhood, written week by week through the community's own actions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Final

import numpy as np
from django.db import transaction

from tequio.access.models import User
from tequio.core import clock
from tequio.network import definitions
from tequio.network.actions import (
    committees,
    communities,
    cycle,
    demands,
    doing,
    learning,
    literacy,
    services,
    stakeholders,
)
from tequio.network.models import (
    Action,
    Committee,
    Community,
    Decision,
    Demand,
    Finding,
    PlanLine,
    Stakeholder,
)
from tequio.network.queries.communities import phase_page
from tequio.network.rules.cycle import Look
from tequio.simulation.arrivals import ZONE
from tequio.simulation.community import answers, bonds, deeds, directory, words
from tequio.simulation.evenings import moment

# The story is 159 weeks long: three years, and a little of the fourth.
WEEKS: Final = 159
_SURVEYS: Final = (3, 54, 106, 157)
_ASKED: Final = 260
_DIRECTORY: Final = 7
_CIRCLES_END: Final = 50
_REVIEWS: Final = (28, 52, 108)
_CIRCLES: Final = (
    ("Lo que es mío", "money", 20),
    ("A dónde ir", "services", 22),
    ("Mis derechos", "law", 24),
)


@dataclass(slots=True)
class _Told:
    """What the story has written so far, so that later weeks can point to it."""

    by: User
    first: date
    community: Community
    who: list[Stakeholder] = field(default_factory=list)
    needs: dict[int, Demand] = field(default_factory=dict)
    actions: dict[int, Action] = field(default_factory=dict)
    findings: dict[int, Finding] = field(default_factory=dict)
    decisions: dict[int, Decision] = field(default_factory=dict)
    lines: dict[int, PlanLine] = field(default_factory=dict)
    committee: Committee | None = None

    def day(self, week: int) -> date:
        """Return the day of a week of the story."""
        return self.first + timedelta(weeks=week)


def tell(by: User, *, seed: int) -> Community:
    """Write three years of `rbc-cdmx`, from the first in the network to a plan that changed."""
    rng = np.random.default_rng([seed, 36])
    first = clock.today(ZONE) - timedelta(weeks=WEEKS)
    with transaction.atomic():
        told = _Told(by, first, _begin(by, first))
        for week in range(WEEKS + 1):
            with clock.at(moment(told.day(week), time(17, 0))):
                _week(told, week, rng)
    return told.community


def _begin(by: User, first: date) -> Community:
    with clock.at(moment(first, time(12, 0))):
        return communities.begin(
            by=by,
            beginning=communities.Beginning(
                name=words.RBC,
                model_slug="rbc-cdmx",
                started_on=first,
                signed_by="Paty Reséndiz (persona inventada)",
                signed_as="Promotora, equipo de comunidad",
                municipality=words.MUNICIPALITY,
            ),
        )


def _week(told: _Told, week: int, rng: np.random.Generator) -> None:
    _network(told, week)
    _circles(told, week)
    _demands(told, week)
    _committee(told, week)
    _deeds(told, week)
    _seen(told, week)
    if week in _SURVEYS:
        _survey(told, _SURVEYS.index(week), rng)
    if week in _REVIEWS:
        pass_phase(told.by, told.community, told.day(week))
    _learn(told, week)


def _network(told: _Told, week: int) -> None:
    by, on = told.by, told.day(week)
    for name, kind, does, needs, since, level in words.STAKEHOLDERS:
        if since == week:
            who = stakeholders.Who(name, kind, does, needs, words.MUNICIPALITY)
            one = stakeholders.add(by=by, who=who)
            stakeholders.commit(by=by, stakeholder_id=one.pk, level=level, since=on)
            told.who.append(one)
    for source, target, kind, since in words.TIES:
        if since == week:
            stakeholders.tie(
                by=by,
                source_id=_who(told, source).pk,
                target_id=_who(told, target).pk,
                kind=kind,
                observed_on=on,
                told_by="el equipo",
            )
    bonds.change(by, told.who, week, on)
    if week == _DIRECTORY:
        _services(told)
    directory.keep(by, week, on, first=_DIRECTORY)


def _who(told: _Told, n: int | None) -> Stakeholder:
    """Return who stands at a place of the list, or ourselves."""
    return stakeholders.us(by=told.by) if n is None else told.who[n]


def _services(told: _Told) -> None:
    for provider, name, needs, telephones, cost, bring in words.SERVICES:
        said = services.Said(
            provider=provider,
            name=name,
            needs=needs,
            telephones=telephones,
            cost=cost,
            bring=bring,
            state="09",
            municipality=words.MUNICIPALITY,
        )
        services.verify(by=told.by, service_id=services.add(by=told.by, said=said).pk)


def _circles(told: _Told, week: int) -> None:
    if week == _CIRCLES_END:
        for one in told.community.literacycircle_set.all():
            literacy.close_circle(by=told.by, circle_id=one.pk, on=told.day(week))
    for name, theme, since in _CIRCLES:
        if since != week:
            continue
        opening = literacy.Opening(name, theme, "women", community_id=told.community.pk)
        circle = literacy.open_circle(by=told.by, opening=opening, on=told.day(week))
        meeting = literacy.plan_meeting(by=told.by, circle_id=circle.pk, on=told.day(week))
        held = literacy.Told(came=12, children=5, words="casa, dinero, palabra")
        literacy.hold(by=told.by, meeting_id=meeting.pk, told=held)


def _demands(told: _Told, week: int) -> None:
    for n, need in enumerate(words.NEEDS):
        if need.week == week:
            told.needs[n] = demands.voice(
                by=told.by,
                community_id=told.community.pk,
                voiced=demands.Voiced(
                    theme=need.theme,
                    what=need.what,
                    where=need.where,
                    voiced_on=told.day(week),
                    place=need.place,
                    how_many=need.how_many,
                    quotation=need.quotation,
                ),
            )
    if week in {53, 106}:
        _assembly(told, week)


def _assembly(told: _Told, week: int) -> None:
    """Two are equal; the rule that was said before puts first the one that more people voiced."""
    gathering = demands.Gathering(
        held_on=told.day(week),
        place="Salón del comedor",
        present=52,
        votes_each=4,
        tie_rule="more_voices",
        how_many_go_first=3,
    )
    opened = demands.gather(by=told.by, community_id=told.community.pk, gathering=gathering)
    demands.close_assembly(
        by=told.by,
        assembly_id=opened.pk,
        votes={need.pk: words.NEEDS[n].votes for n, need in told.needs.items()},
        second={},
        minutes=deeds.MINUTES,
    )


def _committee(told: _Told, week: int) -> None:
    by = told.by
    if week == 54:
        told.committee = committees.found(
            by=by,
            community_id=told.community.pk,
            name="Comité de mujeres y vecinos de Las Peñas",
            founded_on=told.day(week),
            takes_on="Llevar las demandas de la asamblea y pedir cuentas",
        )
        for alias, part in deeds.MEMBERS:
            joining = committees.Joining(
                alias, part, told.day(week), told.day(week) + timedelta(days=730), agrees=True
            )
            committees.join(by=by, committee_id=told.committee.pk, joining=joining)
    if told.committee is None:
        return
    if week % 8 == 6:
        committees.meet(
            by=by,
            committee_id=told.committee.pk,
            held_on=told.day(week),
            present=7 + week % 5,
            spoke_of="En qué van las acciones, qué está atorado y las cuentas.",
        )
    for since, way, amount, what, receipt in deeds.MONEY:
        if since == week:
            line = committees.Line(way, amount, told.day(week), what, receipt)
            committees.write_money(by=by, committee_id=told.committee.pk, line=line)


def _deeds(told: _Told, week: int) -> None:
    for n, deed in enumerate(deeds.DEEDS):
        if deed.week == week:
            told.actions[n] = doing.take_on(
                by=told.by,
                community_id=told.community.pk,
                taken=doing.TakenOn(
                    what=deed.what,
                    owner=deed.owner,
                    due_on=told.day(deed.due),
                    kind="advocacy" if deed.decides else "own",
                    demand_id=told.needs[deed.need].pk,
                    committee_id=told.committee.pk if told.committee else None,
                    decides=deed.decides,
                    about=deed.about,
                    on_the_wall=deed.on_the_wall,
                ),
            )
        if deed.promise and week == deed.week + 4:
            _tell(told, n, "promise", deed.promise, new_day=told.day(deed.due - 2))
        if deed.ends and week == deed.due:
            _end(told, n, deed)


def _end(told: _Told, n: int, deed: deeds.Deed) -> None:
    if deed.kept:
        _tell(told, n, "kept", deed.text, kept=deed.kept)
    if deed.ends == "stuck":
        _tell(told, n, "obstacle", deed.text)
    else:
        _tell(told, n, "done", deed.text, evidence=deed.evidence)


def _tell(
    told: _Told,
    n: int,
    kind: str,
    text: str,
    *,
    new_day: date | None = None,
    kept: str = "",
    evidence: str = "",
) -> None:
    on = clock.today(ZONE)
    what = doing.Told(kind, on, text, evidence=evidence, new_day=new_day, kept=kept)
    doing.tell(by=told.by, action_id=told.actions[n].pk, told=what)


def _seen(told: _Told, week: int) -> None:
    for since, domain, score, activity, how_many, heard in deeds.SEEN:
        if since == week:
            seen = cycle.Seen(told.day(week), activity, how_many, domain, score, heard)
            cycle.see(by=told.by, community_id=told.community.pk, seen=seen)


def _survey(told: _Told, time_: int, rng: np.random.Generator) -> None:
    survey(told.by, told.community, time_, _ASKED, rng)


def survey(by: User, community: Community, time_: int, n: int, rng: np.random.Generator) -> None:
    """Ask a neighbourhood once, and close it that day."""
    model = definitions.find(community.model_slug, community.model_version)
    if model is None:
        return
    on = clock.today(ZONE)
    how = "Una de cada cuatro puertas de doce cuadras, sábado y martes por la tarde"
    opened = cycle.open_round(by=by, community_id=community.pk, started_on=on, how=how)
    drawn = answers.sheets(rng, model, time_, n)
    cycle.answer_many(by=by, round_id=opened.pk, sheets=drawn)
    refused = int(rng.integers(24, 46))
    cycle.close_round(by=by, round_id=opened.pk, on=on, refused=refused)


def pass_phase(by: User, community: Community, on: date, seen: str = deeds.WHAT_SEEN) -> None:
    """Review the phase; what the system counts has to be there already."""
    page = phase_page(by, community.pk)
    looks = {one.criterion.key: Look(True, seen) for one in page.criteria}
    review = communities.Review(on, looks, "El equipo y quienes vinieron a la reunión")
    communities.review_phase(by=by, community_id=community.pk, review=review)


def _learn(told: _Told, week: int) -> None:
    for n, (since, what, source, limits, then, acts, said, who) in enumerate(deeds.FOUND):
        if since == week:
            found = learning.Found(told.day(week), what, source, limits)
            told.findings[n] = learning.find(
                by=told.by, community_id=told.community.pk, found=found
            )
        if then == week:
            decided = learning.Decided(told.day(week), acts, said, who)
            told.decisions[n] = learning.decide(
                by=told.by, finding_id=told.findings[n].pk, decided=decided
            )
    for year, on in ((1, 4), (2, 56), (3, 108), (4, 158)):
        if on == week:
            _plan(told, year)


def _plan(told: _Told, of: int) -> None:
    for n, (year, what, sign, change, before, because) in enumerate(deeds.PLAN):
        if year == of:
            told.lines[n] = learning.plan(
                by=told.by,
                community_id=told.community.pk,
                planned=learning.Planned(
                    year=year,
                    what=what,
                    change=change,
                    sign=sign,
                    before_id=told.lines[before].pk if before is not None else None,
                    because_id=told.decisions[because].pk if because is not None else None,
                ),
            )
