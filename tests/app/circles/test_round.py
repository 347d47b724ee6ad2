"""What a man says in the round is written once, sealed, corrected by another row, never deleted."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse
from tests.app.circles import evening_world
from tests.app.circles.evening_world import EVENING, Tonight, answer, heard, said_by
from tests.people import signed_in_client

from tequio.access.models import User
from tequio.audit.models import Event
from tequio.circles.actions import attendance, sessions, tellings
from tequio.circles.models import Telling
from tequio.circles.rules.evening import Act, After, Note, Round, Tap
from tequio.core import clock
from tequio.core.errors import Conflict, DomainError, Forbidden, NotVisible


@pytest.fixture(autouse=True)
def _at_eight() -> object:
    with clock.at(EVENING):
        yield


@pytest.fixture
def tonight(facilitator: User) -> Tonight:
    return evening_world.make(facilitator)


def _raw() -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM circles_telling")
        return repr(cursor.fetchall()).encode()


def _act(by: User, tonight: Tonight, kind: str, against: str = "partner") -> Telling:
    return tellings.name_act(
        by=by,
        session_id=tonight.session.pk,
        membership_id=tonight.men[0].pk,
        kind=kind,
        against=against,
        tap=Tap(uuid4(), clock.now()),
    )


def _keep(by: User, tonight: Tonight, said: After | Note, drawn_from: object = None) -> Telling:
    return tellings.keep(
        by=by,
        session_id=tonight.session.pk,
        membership_id=tonight.men[0].pk,
        said=said,
        tap=Tap(uuid4(), clock.now()),
        drawn_from=drawn_from,  # type: ignore[arg-type]
    )


def test_an_answer_is_sealed_and_only_that_he_spoke_lies_open(
    facilitator: User, tonight: Tonight
) -> None:
    answer(facilitator, tonight, tonight.men[0], "yes")
    assert said_by(tonight.men[0]) == Round("yes")
    assert b"yes" not in _raw() and b"answer" not in _raw()
    event = Event.objects.get(kind="telling.write")
    assert event.detail == {"folio": tonight.men[0].participant.folio, "part": "round"}


def test_what_is_sealed_opens_in_no_other_row(facilitator: User, tonight: Tonight) -> None:
    first = answer(facilitator, tonight, tonight.men[0], "yes")
    second = answer(facilitator, tonight, tonight.men[1], "no")
    Telling.objects.filter(pk=second.pk).update(sealed=first.sealed)
    with pytest.raises(Exception, match="does not belong"):
        said_by(tonight.men[1])


def test_the_same_number_twice_is_written_once(facilitator: User, tonight: Tonight) -> None:
    number = uuid4()
    answer(facilitator, tonight, tonight.men[0], "no", number)
    answer(facilitator, tonight, tonight.men[0], "no", number)
    assert Telling.objects.count() == 1


def test_the_same_number_with_another_answer_is_a_conflict_and_both_are_kept(
    facilitator: User, tonight: Tonight
) -> None:
    number = uuid4()
    answer(facilitator, tonight, tonight.men[0], "no", number)
    with pytest.raises(Conflict):
        answer(facilitator, tonight, tonight.men[0], "yes", number)
    assert said_by(tonight.men[0]) == Round("no")
    assert Telling.objects.filter(ended_why="conflict").count() == 1


def test_a_correction_leaves_the_first_answer_and_undoing_brings_it_back(
    facilitator: User, tonight: Tonight
) -> None:
    first = answer(facilitator, tonight, tonight.men[0], "no")
    second = answer(facilitator, tonight, tonight.men[0], "silent")
    assert said_by(tonight.men[0]) == Round("silent")
    tellings.undo(by=facilitator, telling_id=second.pk)
    tellings.undo(by=facilitator, telling_id=second.pk)  # pressed twice
    assert said_by(tonight.men[0]) == Round("no")
    tellings.undo(by=facilitator, telling_id=first.pk)
    assert said_by(tonight.men[0]) is None
    assert Telling.objects.count() == 2


def test_a_kind_of_violence_that_calls_for_it_opens_a_review(
    facilitator: User, tonight: Tonight
) -> None:
    answer(facilitator, tonight, tonight.men[0], "yes")
    with heard() as ears:
        _act(facilitator, tonight, "psychological")
        assert ears.said == []
        _act(facilitator, tonight, "physical", "children")
    [(login, trigger, said)] = ears.said
    assert (login, trigger) == (facilitator.login, "disclosure")
    assert "Física · Hijas o hijos" in said
    acts = (Act("psychological", "partner"), Act("physical", "children"))
    assert said_by(tonight.men[0]) == Round("yes", acts)


def test_a_kind_that_nobody_knows_is_refused(facilitator: User, tonight: Tonight) -> None:
    for kind, against in (("", "partner"), ("physical", ""), ("dragon", "partner")):
        with pytest.raises(DomainError):
            _act(facilitator, tonight, kind, against)
    assert not Telling.objects.exists()


def test_who_may_write_and_who_may_not(
    facilitator: User,
    other_facilitator: User,
    director: User,
    outsider: User,
    coordinator: User,
    tonight: Tonight,
) -> None:
    for stranger in (other_facilitator, outsider):
        with pytest.raises(NotVisible):
            answer(stranger, tonight, tonight.men[0])
    with pytest.raises(Forbidden):
        answer(director, tonight, tonight.men[0])
    told = answer(coordinator, tonight, tonight.men[0])
    with pytest.raises(NotVisible):
        tellings.undo(by=outsider, telling_id=told.pk)
    with pytest.raises(DomainError):
        answer(facilitator, tonight, tonight.men[0], "not_alone")  # they meet in a room


def test_nothing_is_written_of_a_meeting_that_has_not_come(
    facilitator: User, tonight: Tonight
) -> None:
    with pytest.raises(DomainError):
        tellings.answer(
            by=facilitator,
            session_id=tonight.coming.pk,
            membership_id=tonight.men[0].pk,
            said="no",
            tap=Tap(uuid4(), clock.now()),
        )


def test_two_who_write_of_the_same_man_lose_neither(
    facilitator: User, coordinator: User, tonight: Tonight
) -> None:
    first = _keep(facilitator, tonight, After(reflection="Lo pensó."))
    with pytest.raises(Conflict):
        _keep(coordinator, tonight, After(reflection="Otra cosa."))
    assert Telling.objects.filter(ended_why="conflict").count() == 1
    _keep(coordinator, tonight, After(reflection="Las dos."), drawn_from=first.pk)
    assert Telling.objects.get(part="after", stands=True).by == coordinator.login


def test_one_who_writes_in_two_windows_loses_neither(facilitator: User, tonight: Tonight) -> None:
    first = _keep(facilitator, tonight, After(reflection="Lo pensó.", support="yes"))
    # What only goes on is no other text: the answer to the first may have got lost on its way.
    _keep(facilitator, tonight, After(reflection="Lo pensó. Y pidió.", support="yes"))
    with pytest.raises(Conflict, match="otra ventana"):
        _keep(facilitator, tonight, After(next_time="Se irá."), drawn_from=first.pk)
    stands = Telling.objects.get(part="after", stands=True)
    _keep(facilitator, tonight, After(next_time="Se irá."), drawn_from=stands.pk)

    _keep(facilitator, tonight, Note("Una."))
    with pytest.raises(Conflict, match="otra ventana"):
        _keep(facilitator, tonight, Note("Dos."))
    client = signed_in_client(facilitator)
    where = [tonight.session.pk, tonight.men[0].pk, uuid4()]
    told = client.post(
        reverse("circles:keep-note", args=where), {"text": "Tres."}, headers={"HX-Request": "true"}
    )
    assert (told.status_code, "Una." in told.content.decode()) == (409, True)


def test_a_private_note_is_read_by_who_wrote_it_alone(
    facilitator: User, coordinator: User, tonight: Tonight
) -> None:
    _keep(facilitator, tonight, Note("Me preocupa su silencio."))
    page = reverse("circles:after-man", args=[tonight.session.pk, tonight.men[0].pk])
    assert "su silencio" in signed_in_client(facilitator).get(page).content.decode()
    assert "su silencio" not in signed_in_client(coordinator).get(page).content.decode()
    assert b"silencio" not in _raw()


def test_taking_back_the_only_mark_plans_the_session_again(
    facilitator: User, tonight: Tonight
) -> None:
    tonight.session.attendances.all().delete()

    def tap(status: str) -> None:
        attendance.mark(
            by=facilitator,
            session_id=tonight.session.pk,
            membership_id=tonight.men[0].pk,
            status=status,
            mark_id=uuid4(),
        )
        tonight.session.refresh_from_db()

    tap("present")
    assert tonight.session.state == "held"
    tap("")
    assert tonight.session.state == "planned"

    sessions.hold(by=facilitator, session_id=tonight.session.pk)
    tap("present")
    tap("")
    assert tonight.session.state == "held"  # somebody said so

    tonight.session.state = "planned"
    tonight.session.save()
    tap("present")
    answer(facilitator, tonight, tonight.men[0], "no")
    tap("")
    assert tonight.session.state == "held"  # he spoke


def test_the_page_takes_one_tap_and_goes_on(facilitator: User, tonight: Tonight) -> None:
    client = signed_in_client(facilitator)
    page = client.get(reverse("circles:round", args=[tonight.session.pk])).content.decode()
    assert 'id="turn-name">Abeto' in page
    assert "Cedro" not in page  # he did not come
    number = uuid4()
    address = reverse("circles:answer", args=[tonight.session.pk, tonight.men[0].pk, number])
    said = {"answer": "no", "at": "2026-11-20T20:00:30-06:00"}
    part = client.post(address, said, headers={"HX-Request": "true"}).content.decode()
    assert 'id="turn-name">Bosque' in part and "<html" not in part
    assert Telling.objects.get().said_at.isoformat() == "2026-11-21T02:00:30+00:00"
    plain = client.post(address, said)
    assert plain.status_code == 302 and Telling.objects.count() == 1
    told = Telling.objects.get()
    client.post(reverse("circles:undo", args=[tonight.session.pk, told.pk]))
    assert said_by(tonight.men[0]) is None


def test_what_is_typed_comes_back_as_typed(facilitator: User, tonight: Tonight) -> None:
    client = signed_in_client(facilitator)
    where = [tonight.session.pk, tonight.men[0].pk]
    words = "  Dijo: «me fui» & volví.\nOtra línea\n"
    sent = {"reflection": words, "retiro": "yes", "an_hour": "no"}
    saved = client.post(
        reverse("circles:keep", args=[*where, uuid4()]), sent, headers={"HX-Request": "true"}
    )
    assert "Guardado" in saved.content.decode()
    page = client.get(reverse("circles:after-man", args=where))
    form = page.context["form"]
    assert form.initial["reflection"].replace("\r\n", "\n") == words
    assert (form.initial["retiro"], form.initial["an_hour"]) == ("yes", "no")


def test_a_flag_is_heard_with_its_words(facilitator: User, tonight: Tonight) -> None:
    where = [tonight.session.pk, tonight.men[0].pk]
    with heard() as ears:
        signed_in_client(facilitator).post(
            reverse("circles:flag", args=where), {"said": "Habló de un arma."}
        )
    assert ears.said == [(facilitator.login, "flag", "Habló de un arma.")]
    assert not any("arma" in str(e.detail) for e in Event.objects.all())


def test_a_seeded_hole_is_found(facilitator: User, tonight: Tonight) -> None:
    """The proof that the test of sealing can fail: an open word is seen in the table."""
    told = answer(facilitator, tonight, tonight.men[0], "yes")
    Telling.objects.filter(pk=told.pk).update(sealed=b'{"answer": "yes"}')
    assert b"yes" in _raw()
