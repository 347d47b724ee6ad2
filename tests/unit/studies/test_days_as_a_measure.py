"""Days of waiting are looked at besides: no study of women stands or falls by them."""

from __future__ import annotations

from tequio.studies.forms.studies import NO, PRIMARY, SECONDARY, MeasuresForm
from tequio.studies.questions import find
from tequio.studies.rules.choices import Choices


def test_days_until_a_service_are_never_what_a_study_stands_by() -> None:
    question = find("mujeres-acompanadas")
    assert question is not None
    at = next(n for n, one in enumerate(question.candidates) if one.is_time)
    days = question.candidates[at]
    assert (days.kind, days.direction, days.violence) == ("time_to_event", "lower_is_better", "")
    sent = {f"measure_{n}": PRIMARY if n == 0 else NO for n in range(len(question.candidates))}
    sent |= {"title": "Ellas", "wave": "T3"}
    for role, holds in ((PRIMARY, False), (SECONDARY, True)):
        form = MeasuresForm(question, Choices(), "Ellas", {**sent, f"measure_{at}": role})
        assert form.is_valid() is holds, form.errors


def test_the_first_version_of_the_template_stays_as_it_was() -> None:
    before = find("mujeres-acompanadas", "1")
    assert before is not None
    assert not any(one.is_time for one in before.candidates)
