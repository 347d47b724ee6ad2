"""Men whose diagnosis and intake review are done, as the actions would have left them."""

from __future__ import annotations

from datetime import date
from typing import Any

import factory
from tests.factories.access import UserFactory
from tests.factories.people import ParticipantFactory

from tequio.access.models import User
from tequio.care.actions import diagnosis, reports, reviews
from tequio.care.actions.reports import Decided
from tequio.care.models import Report, Review, Talk
from tequio.core import ids
from tequio.letters.models import Agenda
from tequio.people.models import Participant


class ReviewFactory(factory.django.DjangoModelFactory[Review]):
    """A review that somebody opened and nobody judged."""

    class Meta:
        model = Review

    participant = factory.SubFactory(ParticipantFactory)
    organisation = factory.SelfAttribute("participant.organisation")
    trigger = "flag"
    opened_by = factory.SubFactory(
        UserFactory, organisation=factory.SelfAttribute("..participant.organisation")
    )
    due_on = date(2026, 11, 20)


class TalkFactory(factory.django.DjangoModelFactory[Talk]):
    """A talk that is due, with what is asked in it."""

    class Meta:
        model = Talk
        skip_postgeneration_save = True

    id = factory.LazyFunction(ids.new_id)
    participant = factory.SubFactory(ParticipantFactory)
    organisation = factory.SelfAttribute("participant.organisation")
    due_on = date(2026, 11, 20)

    @factory.post_generation
    def agenda(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create:
            Agenda.objects.create(
                id=self.pk,
                organisation=self.organisation,
                participant_id=self.participant_id,
                due_on=self.due_on,
                subjects=extracted or ["weapons", "children", "money", "support"],
            )


def decided(by: User, man: Participant, **said: Any) -> Report:
    """Decide not to tell an authority, by somebody who works with him."""
    given = {"about": "minors", "decision": "not_tell", "state": "09", "why": "Se acordó un plan."}
    return reports.decide(by=by, folio=man.folio, said=Decided(**{**given, **said}))


# What a man may have told, in every step.
ANSWERS: dict[str, dict[str, Any]] = {
    "que": {"said": "yes", "types": ["psychological", "physical"]},
    "quien": {"against": {"psychological": ["partner"], "physical": ["partner", "children"]}},
    "cuando": {
        "last": {
            "psychological-partner": "week",
            "physical-partner": "year",
            "physical-children": "earlier",
        },
        "words": {"cuando": "Le grité y la empujé en la cocina."},
    },
    "peligro": {
        "threats": "never",
        "weapons": "none",
        "strangulation": "never",
    },
    "relacion": {
        "separation": "talked",
        "custody": "no",
        "jealousy": "year",
    },
    "salud": {"suicide": "no", "alcohol": "some", "psychosis": "no", "trauma": "saw"},
    "necesidades": {"needs": ["therapy", "work"]},
}
REASONED = {"why": "Reconoce lo que hizo y no hay armas.", "reasons": ["violence"]}


def answered(by: User, man: Participant) -> None:
    """Begin a diagnosis and answer everything in it."""
    diagnosis.begin(by=by, folio=man.folio)
    for step, given in ANSWERS.items():
        diagnosis.answer(by=by, folio=man.folio, step=step, given=given)


def diagnosed(by: User, man: Participant) -> Review:
    """Finish a diagnosis; its intake review is open."""
    answered(by, man)
    return diagnosis.finish(by=by, folio=man.folio)


def judged(by: User, review: Review, level: str = "low") -> Review:
    """Judge a review."""
    return reviews.judge(by=by, review_id=review.pk, level=level, **REASONED)  # type: ignore[arg-type]


def admissible(by: User, man: Participant) -> Participant:
    """Do everything that has to be done before he may be given a place."""
    review = judged(by, diagnosed(by, man))
    reviews.close(by=by, review_id=review.pk, words="Empieza el martes.")
    return man
