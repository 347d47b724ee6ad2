"""Who was drawn to wait is compared while he waits; what he says later compares with nobody."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from tests.factories.assessments import answered
from tests.factories.circles import GroupFactory, attend, sessions_of
from tests.factories.people import ConsentFactory
from tests.factories.programmes import EditionFactory

from tequio.access.models import User
from tequio.instruments.definitions import newest
from tequio.studies import recipe as recipes
from tequio.studies.datasets import men
from tequio.studies.models import Study
from tequio.studies.rules.calendar import Due

FIRST = date(2026, 3, 6)
RECIPE: dict[str, Any] = {
    "schema": 1,
    "source": "men",
    "population": {"editions": "all", "from": "2026-01-01", "to": "2026-12-31"},
    "outcomes": [{"instrument": "conductas-el", "measure": "physical_any", "name": "physical"}],
    "waves": ["T0", "T1"],
    "arm": {"lottery": str(uuid4())},
    "covariates": [],
    "calendar": {"every": "year", "first": "2027-01-31"},
}


@pytest.mark.parametrize(("arm", "kept"), [("later", ""), ("now", "0")])
def test_the_answer_of_a_man_who_waits_no_longer_is_left_out(
    arm: str, kept: str, coordinator: User, facilitator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = facilitator.organisation
    group = GroupFactory.create(
        organisation=house,
        edition=EditionFactory.create(organisation=house, model_version="2"),
        facilitators=[facilitator],
    )
    days = sessions_of(group, FIRST + timedelta(weeks=11), 12, held=3)
    place = attend(group, days, {"Encino": "ppp"})[0]
    ConsentFactory.create(participant=place.participant, purpose="evaluation")
    never = {item.id: "never" for item in newest("conductas-el").instrument.questions}
    noon = datetime(2026, 3, 27, 18, tzinfo=UTC)
    answered(
        coordinator, place.participant, never, "conductas-el", wave="T1", way=place.pk, on=noon
    )
    study = Study.objects.create(
        organisation=house, title="?", question="q", informant="men", begun_by=coordinator
    )
    monkeypatch.setattr(men, "arms", lambda _lottery: {place.participant_id: arm})

    built = men.build(
        study, recipes.read(RECIPE), Due(date(2027, 1, 31), date(2026, 1, 1), date(2026, 12, 31))
    )
    rows = csv.DictReader(io.StringIO(built.rows.decode()))
    assert {row["physical"] for row in rows if row["wave"] == "T1"} == {kept}
