"""Founding, keys of one's own, admitting, leaving, and the ways back in."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.factories.access import UserFactory
from tests.people import *  # noqa: F403
from tests.people import signed_in_client
from tests.walls import begin_case, client_behind, found_wall

from tequio.access import key_pairs
from tequio.access.models import KeyHolder, Organisation, RoleGrant, User
from tequio.core import clock, keys, phrases
from tequio.core.sealing import SealBroken
from tequio.letters import slot
from tequio.letters.kinds import Kind
from tequio.letters.models import Letter, Slot
from tequio.survivors import log
from tequio.survivors.actions import cases, founding, members, recovery, unlocking
from tequio.survivors.models import Attempt, Case, Epoch, HeldLetter, Opening, Share, Wall

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


def second(organisation: Organisation, handle: str = "bea") -> User:
    user = UserFactory.create(organisation=organisation, handle=handle, roles=["advocate"])
    return User.objects.select_related("organisation").get(pk=user.pk)


def hidden(page: HttpResponse) -> dict[str, str]:
    """What a page that shows words sends back."""
    found = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode())
    return {name: html.unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def member(organisation: Organisation, by: User, handle: str = "bea") -> tuple[User, str]:
    """Somebody who made her key, typed it back and was admitted, with her passphrase."""
    user = second(organisation, handle)
    fresh = members.make_key(by=user)
    members.confirm_key(by=user, passphrase=fresh.passphrase)
    opened = unlocking.open_wall_with(by, MASTER[by.pk])
    members.admit(
        by=opened, user_id=user.pk, fingerprint=" ".join(phrases.fingerprint(fresh.pair.public))
    )
    return user, fresh.passphrase


MASTER: dict[object, keys.KeyPair] = {}


def founded(user: User):  # type: ignore[no-untyped-def]
    walled = found_wall(user)
    MASTER[user.pk] = key_pairs.opened(by=user, passphrase=walled.founded.passphrase)
    return walled


# --- Founding -------------------------------------------------------------------------------------


def test_a_wall_counts_only_once_the_words_were_typed_back(advocate: User) -> None:
    client = signed_in_client(advocate)
    assert "para siempre" in client.get(reverse("survivors:found")).content.decode()
    shown = hidden(client.post(reverse("survivors:found")))
    words = shown["shown_paper"].split()
    assert len(shown["shown_passphrase"].split()) == 7
    assert len(words) == 24
    assert not Wall.objects.get().confirmed
    assert not Slot.objects.exists()
    assert client.get(reverse("survivors:home")).status_code == 302

    right = {"passphrase": shown["shown_passphrase"], "word_5": words[4], "word_18": words[17]}
    # A word of the same paper that is not the one asked for: papers may say a word twice.
    other = [next(word for word in words if word != words[at]) for at in (4, 17)]
    for wrong in ({"passphrase": "uno dos"}, {"word_5": other[0]}, {"word_18": other[1]}):
        page = client.post(reverse("survivors:typed-back"), {**shown, **right, **wrong})
        assert page.status_code == 422
        assert hidden(page) == shown, "A slip must not cost the words."
        assert not Wall.objects.get().confirmed

    answer = client.post(reverse("survivors:typed-back"), {**shown, **right})
    assert answer.status_code == 302, answer.content.decode()
    assert Wall.objects.get().confirmed
    assert Slot.objects.get().held_by == "own"
    assert client.get(reverse("survivors:home")).status_code == 200


def test_words_of_another_paper_found_nothing(advocate: User) -> None:
    client = signed_in_client(advocate)
    shown = hidden(client.post(reverse("survivors:found")))
    other = phrases.paper_words(b"\x05" * 32)
    sent = {
        **shown,
        "shown_paper": " ".join(other),
        "passphrase": shown["shown_passphrase"],
        "word_5": other[4],
        "word_18": other[17],
    }
    assert client.post(reverse("survivors:typed-back"), sent).status_code == 422
    assert not Wall.objects.get().confirmed


def test_who_began_and_did_not_finish_begins_again(advocate: User) -> None:
    first = founding.begin(by=advocate)
    again = founding.begin(by=advocate)
    assert first.passphrase != again.passphrase
    assert Wall.objects.count() == Epoch.objects.count() == 1
    founding.found(by=advocate)
    with pytest.raises(Exception, match="ya tiene su muro"):
        founding.begin(by=advocate)


# --- A key of one's own, and being admitted -------------------------------------------------------


def test_a_new_member_makes_her_key_compares_six_words_and_opens(advocate: User) -> None:
    walled = founded(advocate)
    case = begin_case(walled.by)
    bea = second(advocate.organisation)
    hers, mine = signed_in_client(bea), client_behind(walled)
    shown = hidden(hers.post(reverse("survivors:key")))
    assert "bea@" not in mine.get(reverse("survivors:team")).content.decode()
    typed = {**shown, "passphrase": shown["shown_passphrase"].upper()}
    assert hers.post(reverse("survivors:typed-back"), typed).status_code == 302

    six = " ".join(phrases.fingerprint(key_pairs.public_of(bea) or b""))
    assert six in hers.get(reverse("survivors:key")).content.decode()
    assert six in mine.get(reverse("survivors:team")).content.decode()
    closed = hers.post(reverse("survivors:unlock"), {"passphrase": shown["shown_passphrase"]})
    assert closed.status_code == 422

    admit = reverse("survivors:admit", args=[bea.pk])
    mine.post(admit, {"fingerprint": six})  # not ticked
    assert not Share.objects.filter(user=bea).exists()
    assert mine.post(admit, {"fingerprint": "otras", "same": "yes"}).status_code == 422
    assert mine.post(admit, {"fingerprint": six, "same": "yes"}).status_code == 302
    assert hers.post(reverse("survivors:unlock"), {"passphrase": typed["passphrase"]}).url
    assert hers.get(reverse("survivors:case", args=[case.pk])).status_code == 200


def test_a_key_that_was_not_typed_back_cannot_be_admitted(advocate: User) -> None:
    walled = founded(advocate)
    bea = second(advocate.organisation)
    fresh = members.make_key(by=bea)
    assert members.candidates(by=walled.by) == []
    members.confirm_key(by=bea, passphrase=fresh.passphrase)
    assert [one.user for one in members.candidates(by=walled.by)] == [bea]
    key_pairs.make(by=bea)  # another pair since: its words were not typed back
    assert members.candidates(by=walled.by) == []


# --- Leaving: the keys turn -----------------------------------------------------------------------


def test_who_left_opens_nothing_that_came_after_and_the_rest_read_everything(
    advocate: User,
) -> None:
    walled = founded(advocate)
    old_case = begin_case(walled.by, alias="Antes")
    bea, her_words = member(advocate.organisation, advocate)
    her_pair = key_pairs.opened(by=bea, passphrase=her_words)
    her_turn = unlocking.open_wall_with(bea, her_pair).pairs
    slot.deposit(organisation_id=advocate.organisation_id, kind=Kind.END)
    held = HeldLetter(
        wall=walled.by.wall,
        epoch_id=walled.by.current,
        sealed_key=keys.seal_to(walled.by.pair_of(walled.by.current).public, b"k" * 32),
        sealed=b"",
        erase_after=NOON.date(),
    )
    held.save()
    client, hers = client_behind(walled), signed_in_client(bea)
    assert hers.post(reverse("survivors:unlock"), {"passphrase": her_words}).status_code == 302

    answer = client.post(reverse("survivors:remove", args=[bea.pk]))
    assert answer.status_code == 302
    assert client.get(reverse("survivors:case", args=[old_case.pk])).status_code == 200

    # For her the door is shut at once, and her keys are gone.
    assert hers.get(reverse("survivors:home")).status_code == 302
    assert not KeyHolder.objects.filter(user=bea).exists()
    assert hers.post(reverse("survivors:unlock"), {"passphrase": her_words}).status_code == 422
    # Even with the private halves that she once had, no row of the new turn opens.
    after = unlocking.open_wall_with(advocate, MASTER[advocate.pk])
    new_case = begin_case(after, alias="Después")
    for row in (Case.objects.get(pk=old_case.pk), new_case, HeldLetter.objects.get()):
        assert row.epoch_id == after.current
        for pair in her_turn.values():
            with pytest.raises(SealBroken):
                pair.open(row.sealed_key)
    # The slot's address turned too; what lay in it still opens by the chain.
    assert Slot.objects.get().epoch == 2
    letter = Letter.objects.get()
    old = Epoch.objects.get(number=letter.epoch)
    assert after.pair_of(old.pk).open(letter.sealed)
    assert [line.kind for line in log.lines(by=after)][:3] == [
        "case.begin",
        "case.read",
        "member.remove",
    ]
    assert log.first_break(after) is None


def test_the_envelopes_go_on_working_after_the_keys_turned(advocate: User) -> None:
    walled = founded(advocate)
    case = begin_case(walled.by)
    bea, _words = member(advocate.organisation, advocate)
    members.remove(by=unlocking.open_wall_with(advocate, MASTER[advocate.pk]), user_id=bea.pk)
    carla = second(advocate.organisation, "carla")
    paper = " ".join(walled.founded.paper_words)
    fresh = recovery.with_paper(by=carla, words=paper)
    recovery.finish_with_paper(by=carla, words=paper, passphrase=fresh.passphrase)
    opened = unlocking.open_wall_with(carla, fresh.pair)
    assert cases.read(by=opened, case_id=case.pk).cover.alias == "Jacinta"
    assert "member.by_paper" in [line.kind for line in log.lines(by=opened)]


def test_the_last_who_can_open_cannot_leave(advocate: User) -> None:
    walled = founded(advocate)
    bea, _words = member(advocate.organisation, advocate)
    RoleGrant.objects.filter(user=bea).delete()
    with pytest.raises(Exception, match="No quedaría nadie"):
        members.remove(by=walled.by, user_id=advocate.pk)
    assert Share.objects.filter(user=advocate).exists()


@pytest.mark.parametrize("how", ["role", "account"])
def test_who_lost_the_role_or_the_account_is_outside_at_once(advocate: User, how: str) -> None:
    walled = founded(advocate)
    client = client_behind(walled)
    if how == "role":
        RoleGrant.objects.filter(user=advocate).delete()
    else:
        User.objects.filter(pk=advocate.pk).update(is_active=False)
    assert client.get(reverse("survivors:home")).status_code == 404


# --- Ways back in ---------------------------------------------------------------------------------


def test_the_printed_code_gives_new_words_and_goes_once_they_are_typed_back(
    advocate: User,
) -> None:
    walled = founded(advocate)
    client = signed_in_client(advocate)
    code = {"secret_code": walled.founded.recovery_code.lower().replace("-", " ")}
    shown = hidden(client.post(reverse("survivors:code"), code))
    # The telephone rang and the page is gone: the paper in the drawer still opens.
    shown = hidden(client.post(reverse("survivors:code"), code))
    new = {**shown, "passphrase": shown["shown_passphrase"]}
    assert client.post(reverse("survivors:typed-back"), new).status_code == 302
    assert client.get(reverse("survivors:home")).status_code == 200
    assert client.post(reverse("survivors:code"), code).status_code == 422
    old = {"passphrase": walled.founded.passphrase}
    assert client.post(reverse("survivors:unlock"), old).status_code == 422


def test_both_envelopes_make_a_member_through_the_browser(advocate: User) -> None:
    walled = founded(advocate)
    case = begin_case(walled.by)
    # Nobody else is left: no passphrase, no code.
    KeyHolder.objects.all().delete()
    carla = second(advocate.organisation, "carla")
    client = signed_in_client(carla)
    recover = reverse("survivors:recover")
    typed = "  ".join(word.upper() for word in walled.founded.paper_words)
    assert client.post(recover, {"paper": typed.replace(" ", " x ", 1)}).status_code == 422
    assert client.post(recover, {"paper": " ".join(typed.split()[:12])}).status_code == 422
    shown = hidden(client.post(recover, {"paper": typed}))
    back = {**shown, "passphrase": shown["shown_passphrase"]}
    assert client.post(reverse("survivors:typed-back"), back).status_code == 302
    assert client.get(reverse("survivors:case", args=[case.pk])).status_code == 200
    assert "LLAVE DE PAPEL" in client.get(reverse("survivors:log")).content.decode()


def test_a_new_paper_key_ends_the_old_envelopes_once_it_was_typed_from_paper(
    advocate: User,
) -> None:
    walled = founded(advocate)
    old = " ".join(walled.founded.paper_words)
    client = client_behind(walled)
    shown = hidden(client.post(reverse("survivors:new-paper")))
    words = shown["shown_paper"].split()
    printed = client.post(reverse("survivors:print-paper"), shown)
    assert printed["Content-Type"] == "application/pdf"
    slip = client.post(reverse("survivors:typed-back"), {**shown, "word_5": "faro", "word_18": "x"})
    assert slip.status_code == 422
    assert hidden(slip) == shown
    carla = second(advocate.organisation, "carla")
    assert recovery.with_paper(by=carla, words=old), "Until it is finished the old envelopes open."

    typed = {**shown, "word_5": words[4], "word_18": words[17].upper()}
    assert client.post(reverse("survivors:typed-back"), typed).status_code == 302
    with pytest.raises(Exception, match="otra llave de papel"):
        recovery.with_paper(by=carla, words=old)
    with clock.at(clock.now() + timedelta(hours=2)):
        assert recovery.with_paper(by=carla, words=shown["shown_paper"])


def test_a_changed_passphrase_replaces_the_old_one_once_it_is_typed(advocate: User) -> None:
    walled = founded(advocate)
    client = client_behind(walled)
    address = reverse("survivors:passphrase")
    assert client.post(address, {"passphrase": "otra cosa"}).status_code == 422
    shown = hidden(client.post(address, {"passphrase": walled.founded.passphrase}))
    unfinished = shown["shown_passphrase"]
    assert key_pairs.opened(by=advocate, passphrase=walled.founded.passphrase)
    with pytest.raises(keys.WrongSecret):  # who opens with the old words never copied the new ones
        key_pairs.opened(by=advocate, passphrase=unfinished)

    shown = hidden(client.post(address, {"passphrase": walled.founded.passphrase}))
    typed = {**shown, "passphrase": shown["shown_passphrase"]}
    assert client.post(reverse("survivors:typed-back"), typed).status_code == 302
    with pytest.raises(keys.WrongSecret):
        key_pairs.opened(by=advocate, passphrase=walled.founded.passphrase)
    assert key_pairs.opened(by=advocate, passphrase=shown["shown_passphrase"])


def test_a_member_keeps_her_place_until_her_other_key_was_typed_back(advocate: User) -> None:
    founded(advocate)
    bea, her_words = member(advocate.organisation, advocate)
    fresh = members.make_key(by=bea)
    assert Share.objects.filter(user=bea).exists()
    members.confirm_key(by=bea, passphrase=fresh.passphrase)
    assert not Share.objects.filter(user=bea).exists()
    with pytest.raises(keys.WrongSecret):
        key_pairs.opened(by=bea, passphrase=her_words)


# --- Guessing -------------------------------------------------------------------------------------


def test_guessing_gets_slow_and_never_locks(advocate: User) -> None:
    walled = founded(advocate)
    address = reverse("survivors:unlock")
    with clock.at(NOON):
        client = signed_in_client(advocate)
        for _i in range(3):
            assert "Con esa frase" in client.post(address, {"passphrase": "x"}).content.decode()
        right = {"passphrase": walled.founded.passphrase}
        assert "intentos fallidos" in client.post(address, right).content.decode()
    with clock.at(NOON + timedelta(seconds=5)):
        assert client.post(address, right).status_code == 302
    assert Attempt.objects.get(user=advocate).failures == 0


def test_a_sign_in_that_ended_takes_the_wall_with_it(advocate: User) -> None:
    walled = founded(advocate)
    client = client_behind(walled)
    client.post(reverse("access:sign-out"))
    again: Client = signed_in_client(advocate)
    again.cookies.update({k: v for k, v in client.cookies.items() if k == "tequio-muro"})
    assert again.get(reverse("survivors:home")).status_code == 302
    assert Opening.objects.count() == 1  # swept at the next opening; it opens nothing
