"""A report is worked out once for the same rows, and anew after every change of any of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import date, timedelta

import pytest
from django.utils import translation
from tests.factories.circles import GroupFactory, attend, sessions_of
from tests.factories.programmes import EditionFactory
from tests.people import signed_in_client

from tequio.access.models import User
from tequio.circles.models import Attendance, Group, Membership, Session
from tequio.circles.retention import report
from tequio.people.models import Participant

TODAY = date(2026, 11, 20)


@pytest.fixture
def group(facilitator: User) -> Group:
    """Five meetings, four of them held; Duna stopped coming, Encino never came."""
    group = GroupFactory.create(
        organisation=facilitator.organisation, facilitators=[facilitator], name="Martes"
    )
    rows = {"Abeto": "pppp", "Cedro": "ppp.", "Duna": "pfff", "Encino": "ffff"}
    attend(group, sessions_of(group, TODAY, 5, held=4), rows)
    return group


def _asked(today: date = TODAY) -> report.Report:
    return report.of_groups(list(Group.objects.select_related("edition")), today=today)


def _afresh(today: date = TODAY) -> report.Report:
    report._kept.clear()
    return _asked(today)


def _said(found: report.Report) -> list[str]:
    return [repr(getattr(found, one.name)) for one in fields(found)]


def _duna() -> Membership:
    return Membership.objects.get(participant__alias="Duna")


def _mark(**to: object) -> None:
    Attendance.objects.filter(membership=_duna(), session__position=4).update(**to)


def _session(position: int, **to: object) -> None:
    Session.objects.filter(position=position).update(**to)


CHANGES: dict[str, Callable[[], object]] = {
    "a mark is changed": lambda: _mark(status="present"),
    "a mark is taken back": lambda: Attendance.objects.filter(
        membership=_duna(), session__position=4
    ).delete(),
    "a mark is added": lambda: Attendance.objects.create(
        session=Session.objects.get(position=4),
        membership=Membership.objects.get(participant__alias="Cedro"),
        status="absent",
        marked_by="prueba",
    ),
    "a meeting is held": lambda: _session(5, state="held"),
    "a meeting was not held": lambda: _session(4, state="not_held", reason="weather"),
    "a meeting has no date": lambda: _session(2, planned_on=None),
    "a meeting that was to come has passed": lambda: _session(5, planned_on=date(2026, 11, 1)),
    "a meeting has another name": lambda: _session(1, label="La primera"),
    "a meeting covers two": lambda: _session(4, number_to=5),
    "some marks are nobody's": lambda: _session(3, unattributed=2),
    "a meeting is taken away": lambda: Session.objects.filter(position=5).delete(),
    "a man came in later": lambda: Membership.objects.filter(pk=_duna().pk).update(
        joined_at_session=2
    ),
    "a man left": lambda: Membership.objects.filter(pk=_duna().pk).update(
        ended_on=date(2026, 11, 1), ended_at_session=2
    ),
    "a man was only on a visit": lambda: Membership.objects.filter(pk=_duna().pk).update(
        visit=True
    ),
    "a man has another alias": lambda: Participant.objects.filter(alias="Duna").update(
        alias="Roble"
    ),
    "a man has another folio": lambda: Participant.objects.filter(alias="Duna").update(folio="X"),
    "a man was forgotten": lambda: (
        Attendance.objects.filter(membership=_duna()).delete(),
        _duna().delete(),
    ),
    "the group counts gaps as absences": lambda: Group.objects.update(gaps="absent"),
    "the group has another name": lambda: Group.objects.update(name="Jueves"),
    "the group has another programme": lambda: Group.objects.update(
        edition=EditionFactory.create(
            organisation=Group.objects.get().organisation, model_slug="gendes"
        )
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_after_any_change_the_report_is_the_one_of_the_rows_as_they_are(
    what: str, group: Group
) -> None:
    before = _asked()
    CHANGES[what]()
    after = _asked()
    assert after is not before
    assert _said(after) == _said(_afresh())


def test_without_a_change_it_is_worked_out_once(group: Group) -> None:
    assert _asked() is _asked()


def test_another_day_and_another_language_have_their_own(group: Group) -> None:
    found = _asked()
    later = TODAY + timedelta(weeks=3)
    assert _said(_asked(later)) == _said(_afresh(later))
    with translation.override("en"):
        assert _asked() is not found


def test_no_more_are_kept_than_said(group: Group) -> None:
    for n in range(3 * report._MOST_KEPT):
        _session(1, label=str(n))
        _asked()
    assert len(report._kept) == report._MOST_KEPT


def test_who_reads_numbers_gets_no_name_after_one_who_reads_names(
    group: Group, coordinator: User, evaluator: User
) -> None:
    """The same report, drawn for two: what was drawn for one is never shown to the other."""
    page = f"/grupos/{group.pk}/permanencia/"
    assert "Duna" in signed_in_client(coordinator).get(page).content.decode()
    answer = signed_in_client(evaluator).get(page)
    assert answer.status_code == 200
    assert "Duna" not in answer.content.decode()


def test_the_page_shows_a_mark_at_once(group: Group, coordinator: User) -> None:
    client, page = signed_in_client(coordinator), f"/grupos/{group.pk}/permanencia/"
    before = client.get(page).content.decode()
    CHANGES["a mark is changed"]()
    after = client.get(page).content.decode()
    assert 'id="quiet"' in before
    assert "Duna" in before
    assert "Duna" not in after
