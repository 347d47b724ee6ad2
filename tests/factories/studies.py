"""Studies as far as a test wants them: a draft, a frozen plan, an amended one."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from tests.factories.access import UserFactory

from tequio.access.models import Organisation, User
from tequio.studies.actions import studies as actions
from tequio.studies.models import Plan, Study

FIRST: Final = date(2027, 1, 1)
LAST: Final = date(2027, 12, 31)
RELEASED: Final = date(2028, 6, 15)
TODAY: Final = date(2026, 11, 20)


def evaluator_of(organisation: Organisation) -> User:
    """Return an evaluator of an organisation."""
    made = UserFactory.create(organisation=organisation, roles=["evaluator"])
    return User.objects.select_related("organisation").get(pk=made.pk)


def begun(by: User, question: str = "violencia-hombres", **said: Any) -> Study:
    """Begin a study and answer who is in."""
    study = actions.begin(by=by, question=question)
    days = {"first": FIRST, "last": LAST, "released": RELEASED, "monthly": 8.0}
    return actions.choose(by=by, study_id=study.pk, **{**days, **said})


def chosen(by: User, question: str = "violencia-hombres", design: str = "whole") -> Study:
    """Prepare a study up to its review."""
    study = begun(by, question)
    return actions.choose_design(by=by, study_id=study.pk, design=design, today=TODAY)


def frozen(by: User, question: str = "violencia-hombres", design: str = "whole") -> Plan:
    """Freeze a plan."""
    return actions.freeze(by=by, study_id=chosen(by, question, design).pk)


def amended(by: User, how_many: int = 1) -> Study:
    """Return a study whose plan was amended once, among so many drafts."""
    plan = frozen(by)
    actions.amend(by=by, study_id=plan.study_id, reason="Llegan más tarde", wave="T4")
    drafts = [
        Study(
            organisation=by.organisation,
            title=f"Estudio {n}",
            question="violencia-hombres",
            informant="men",
            choices=plan.study.choices,
            begun_by=by,
        )
        for n in range(how_many // 10)
    ]
    Study.objects.bulk_create(drafts)
    return plan.study
