"""Men and women who answered, and studies whose day has come."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any, Final
from uuid import UUID

from tests.factories.access import UserFactory
from tests.factories.circles import GroupFactory, MembershipFactory
from tests.factories.people import ConsentFactory, ParticipantFactory
from tests.walls import Walled

from evidencia import aside as child
from tequio.access.models import User
from tequio.circles.models import Group
from tequio.core.sealing import Key
from tequio.instruments import definitions
from tequio.people import sealed_answers
from tequio.people.models import Assessment
from tequio.studies import aside
from tequio.studies.models import Lottery, Plan, Study, Ticket
from tequio.survivors import vault
from tequio.survivors.models import Case, Record
from tequio.survivors.rules.covers import Cover
from tequio.survivors.rules.sheets import Assessment as HerAnswers
from tequio.survivors.rules.sheets import Body, Consent

CAME: Final = date(2026, 1, 12)
DUE: Final = date(2027, 1, 31)
# Noon of the day on which a release is due.
ON_THE_DAY: Final = datetime(2027, 1, 31, 18, 0, tzinfo=UTC)
HIS, HERS, SPACE = "conductas-el", "conductas-ella", "espacio-ella"


def recipe(source: str = "men", **given: Any) -> dict[str, Any]:
    """A recipe of all who came in 2026, released at the end of January."""
    slug = HIS if source == "men" else HERS
    usual: dict[str, Any] = {
        "schema": 1,
        "source": source,
        "population": {"editions": "all", "from": "2026-01-01", "to": "2026-12-31"},
        "outcomes": [
            {"instrument": slug, "measure": "control_count", "name": "control"},
            {"instrument": slug, "measure": "physical_any", "name": "physical"},
        ],
        "waves": ["T0", "T3"],
        "arm": None,
        "covariates": [],
        "calendar": {"every": "year", "first": DUE.isoformat()},
    }
    return {**usual, **given}


def text(source: str = "men") -> str:
    """The plan that goes with it."""
    teller = "ellos" if source == "men" else "ellas"
    return f"""
[study]
title = "Prueba"
question = "¿Cambia?"
design = "single_arm"
[data]
unit = "unit"
wave = "wave"
waves = ["T0", "T3"]
informant = "informant"
[[outcome]]
name = "control"
label = "formas de control"
kind = "continuous"
violence = "control"
informant = "{teller}"
primary = true
[[outcome]]
name = "physical"
label = "violencia física"
kind = "binary"
violence = "physical"
informant = "{teller}"
[missing]
imputations = 5
"""


def planned(by: User, source: str = "men", **given: Any) -> Plan:
    """A study with a frozen plan."""
    study = Study.objects.create(
        organisation=by.organisation,
        title=f"Estudio de {source}",
        question="violencia-hombres" if source == "men" else "mujeres-acompanadas",
        informant=source,
        state=Study.State.PLANNED,
        begun_by=by,
    )
    kept = recipe(source, **given)
    plan = Plan.objects.create(
        study=study,
        text=f"{text(source)}\n# receta {json.dumps(kept)}\n",
        recipe=kept,
        sha256=("a" if source == "men" else "b") * 64,
        frozen_by=by,
    )
    plan.study = study
    return plan


def men(by: User, many: int, *, agree: int | None = None) -> Group:
    """A group of men who came in January and answered twice; the first `agree` may be counted."""
    group = GroupFactory.create(organisation=by.organisation)
    rows = []
    for n in range(many):
        man = ParticipantFactory.create(organisation=by.organisation)
        place = MembershipFactory.create(group=group, participant=man, joined_on=CAME)
        if agree is None or n < agree:
            ConsentFactory.create(participant=man, purpose="evaluation", recorded_by=by)
        rows += [
            _answer(by, man.pk, place.pk, "T0", date(2026, 1, 13), _said(HIS, n, 2)),
            _answer(by, man.pk, place.pk, "T3", date(2026, 5, 20), _said(HIS, n, 3)),
        ]
    Assessment.objects.bulk_create(rows)
    return group


def drawn_men(by: User, many: int) -> Lottery:
    """A lottery of seats in January: half begin, half wait until June, and all answered twice.

    Who begins tells less at the end; who waits answers under his line in the lottery, and once
    more, with no to everything, when he has his own seat.
    """
    group = GroupFactory.create(organisation=by.organisation)
    study = Study.objects.create(
        organisation=by.organisation, title="?", question="q", informant="men", begun_by=by
    )
    lottery = Lottery.objects.create(
        organisation=by.organisation,
        study=study,
        kind="wait",
        code="AAA-AAA-1",
        edition=group.edition,
        max_delay_days=84,
        commitment="c" * 64,
        sealed_seed=b"",
        committed_on=date(2026, 1, 2),
        closes_on=date(2026, 1, 5),
        closed_on=date(2026, 1, 5),
        listed="x",
        list_sha256="d" * 64,
        title="x",
        seats=many // 2,
        beacon_on=date(2026, 1, 8),
        beacon="12345",
        said="12345",
        said_by=UserFactory.create(organisation=by.organisation),
        beacon_by=by,
        drawn_on=date(2026, 1, 8),
        record="x",
        record_sha256="e" * 64,
        announced_by=by,
    )
    rows = []
    for n in range(many):
        start = "now" if n % 2 else "later"
        man = ParticipantFactory.create(organisation=by.organisation)
        came = CAME if start == "now" else date(2026, 6, 1)
        place = MembershipFactory.create(group=group, participant=man, joined_on=came)
        ticket = Ticket.objects.create(
            lottery=lottery, participant=man, code=f"{n:03}-000", start=start, rank=n + 1
        )
        ConsentFactory.create(participant=man, purpose="evaluation", recorded_by=by)
        way, often = (place.pk, 6) if start == "now" else (ticket.pk, 2)
        rows += [
            _answer(by, man.pk, way, "T0", date(2026, 1, 13), _said(HIS, n, 2)),
            _answer(by, man.pk, way, "T3", date(2026, 5, 20), _said(HIS, n // 2, often)),
        ]
        if start == "later":
            rows.append(_answer(by, man.pk, place.pk, "T3", date(2026, 9, 1), _said(HIS, 1, 99)))
    Assessment.objects.bulk_create(rows)
    return lottery


def women(walled: Walled, many: int, *, counted: int | None = None) -> list[UUID]:
    """Women who came in January and answered twice; the first `counted` said yes to statistics.

    Written as rows: forty women through the actions would be forty times every line of the log.
    """
    by = walled.by
    cases, records = [], []
    for n in range(many):
        raw = vault.new_key()
        key = Key.from_master(raw, stream="walled")
        case = Case(wall=by.wall, epoch_id=by.current, sealed_key=vault.seal_key(by, raw))
        cover = Cover(folio=f"4R8Q-{n:04}", alias=f"Jacinta {n}", since=CAME.isoformat())
        vault.seal_cover(key, case, cover.as_body())
        cases.append(case)
        bodies: list[Body] = [
            _hers(case.pk, "T0", date(2026, 1, 13), _said(HERS, n, 2)),
            _hers(case.pk, "T3", date(2026, 5, 20), _said(HERS, n, 3)),
        ]
        if counted is None or n < counted:
            bodies.append(yes_to_statistics(walled))
        for body in bodies:
            record = Record(case=case)
            says = {"kind": body.KIND, "says": body.as_body()}
            vault.seal_record(key, by.wall.pk, record, says)
            records.append(record)
    Case.objects.bulk_create(cases)
    Record.objects.bulk_create(records)
    return [case.pk for case in cases]


def yes_to_statistics(walled: Walled) -> Consent:
    """Her yes to being counted."""
    return Consent(
        purpose="statistics",
        decision="given",
        on=CAME,
        text_version="1",
        text_sha256="e" * 64,
        recorded_by=walled.by.user.login,
    )


def _hers(case: UUID, wave: str, on: date, answers: Mapping[str, str]) -> HerAnswers:
    shipped = definitions.shipped()[HERS]
    at = datetime(on.year, on.month, on.day, 18, tzinfo=UTC)
    return HerAnswers(
        slug=HERS,
        version=shipped.instrument.version,
        sha256=shipped.sha256,
        began_at=at,
        number=f"{case}{wave}",
        wave=wave,
        how="worker",
        finished_at=at,
        answers=answers,
    )


def _answer(
    by: User, man: UUID, way: UUID, wave: str, on: date, answers: Mapping[str, str]
) -> Assessment:
    shipped = definitions.shipped()[HIS]
    at = datetime(on.year, on.month, on.day, 18, tzinfo=UTC)
    row = Assessment(
        organisation=by.organisation,
        participant_id=man,
        instrument=HIS,
        version=shipped.instrument.version,
        sha256=shipped.sha256,
        wave=wave,
        way_id=way,
        state=Assessment.State.DONE,
        asked_by=by,
        started_at=at,
        finished_at=at,
    )
    row.answers = sealed_answers.seal_answers(row, answers)
    return row


def _said(slug: str, n: int, every: int) -> dict[str, str]:
    """Answer each question with yes or no, evenly, so that no cell is small among sixty."""
    items = definitions.shipped()[slug].instrument.questions
    return {
        item.id: "once" if (n + at) % every == 0 or (n * 7 + at) % 5 == 0 else "never"
        for at, item in enumerate(items)
    }


def late_answers(by: User, many: int) -> None:
    """So many of the men answer once more, a year later, in place of the last time."""
    keys = Assessment.objects.filter(wave="T3").order_by("pk").values_list("pk", flat=True)[:many]
    later = datetime(2027, 5, 20, 18, tzinfo=UTC)
    Assessment.objects.filter(pk__in=list(keys)).update(finished_at=later)


def evaluated_here(
    *,
    plan: str,
    rows: bytes,
    tell: Callable[[str, Mapping[str, object]], None] = lambda _code, _values: None,
    stop: Callable[[], bool] = lambda: False,
) -> aside.Outcome:
    """Do what the child does, in this process."""
    said: list[Mapping[str, Any]] = []

    def say(line: Mapping[str, Any]) -> None:
        said.append(line)
        if "note" in line:
            tell(line["note"]["code"], line["note"]["values"])

    child.answer({"plan": plan, "rows": rows.decode(), "leaving": True}, say)
    return aside._ended(said[-1])
