"""Somebody who writes to the database puts a key of his own in the place of another.

A public half lies in the clear: whatever is sealed to it next could be read by whoever put it
there. The wall remembers under its private half whom it seals to, and looks at each opening.
"""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.people import *  # noqa: F403
from tests.people import signed_in_client
from tests.walls import Walled, begin_case, found_wall

from tequio.access import key_pairs
from tequio.access.models import KeyHolder, User
from tequio.core import phrases
from tequio.core.keys import KeyPair
from tequio.core.sealing import SealBroken
from tequio.letters import slot
from tequio.letters.kinds import Kind
from tequio.letters.models import Address, Letter, Slot
from tequio.survivors import log
from tequio.survivors.actions import members, recovery, unlocking
from tequio.survivors.log_words import LOUD
from tequio.survivors.models import Epoch, LogEntry, Share
from tequio.survivors.opened import OpenWall

from .test_keys_of_the_wall import second

pytestmark = pytest.mark.django_db


def admitted(walled: Walled, handle: str) -> tuple[User, KeyPair, str]:
    """Let somebody in by comparing six words; return her, her pair and her passphrase."""
    user = second(walled.user.organisation, handle)
    fresh = members.make_key(by=user)
    members.confirm_key(by=user, passphrase=fresh.passphrase)
    six = " ".join(phrases.fingerprint(fresh.pair.public))
    members.admit(by=walled.by, user_id=user.pk, fingerprint=six)
    return user, fresh.pair, fresh.passphrase


def opens(thief: KeyPair, sealed: bytes) -> bool:
    try:
        thief.open(sealed)
    except SealBroken:
        return False
    return True


def new_paper(walled: Walled) -> KeyPair:
    """Another paper key, typed back as it was asked."""
    pair = KeyPair.make()
    while not phrases.is_fit(words := phrases.paper_words(pair.private)):
        pair = KeyPair.make()
    asked = {5: words[4], 18: words[17]}
    recovery.new_paper(by=walled.by, words=" ".join(words), asked=asked)
    return pair


def kinds(by: OpenWall) -> list[str]:
    return [line.kind for line in log.lines(by=by)]


# --- When the keys turn ---------------------------------------------------------------------------


def test_a_new_turn_is_sealed_to_the_envelopes_that_the_team_has_and_to_no_other_paper(
    advocate: User,
) -> None:
    walled = found_wall(advocate)
    bea, _pair, _words = admitted(walled, "bea")
    thief = KeyPair.make()
    Epoch.objects.update(paper_public=thief.public)

    after = members.remove(by=walled.by, user_id=bea.pk)

    new = Epoch.objects.get(is_open=True)
    assert not opens(thief, bytes(new.on_paper))
    paper = " ".join(walled.founded.paper_words)
    assert recovery.with_paper(by=second(advocate.organisation, "cata"), words=paper)
    assert "key.paper" in kinds(after)


def test_a_new_turn_is_sealed_to_the_key_whose_six_words_were_compared(advocate: User) -> None:
    walled = found_wall(advocate)
    bea, _pair, _words = admitted(walled, "bea")
    cata, hers, her_words = admitted(walled, "cata")
    thief = KeyPair.make()
    KeyHolder.objects.filter(user=cata).update(public=thief.public)

    after = members.remove(by=walled.by, user_id=bea.pk)

    share = Share.objects.get(user=cata)
    assert not opens(thief, bytes(share.sealed))
    assert opens(hers, bytes(share.sealed))
    assert "key.member" in kinds(after)
    # What the table says of her is put right by herself, when she opens with her own words.
    words = {"passphrase": her_words}
    assert signed_in_client(cata).post(reverse("survivors:unlock"), words).status_code == 302
    assert key_pairs.public_of(cata) == hers.public


@pytest.mark.parametrize("how", [None, b"\x01" * 300])
def test_who_takes_the_memory_away_too_gets_no_key_either(
    advocate: User, how: bytes | None
) -> None:
    walled = found_wall(advocate)
    bea, _pair, _words = admitted(walled, "bea")
    cata, hers, her_words = admitted(walled, "cata")
    thief = KeyPair.make()
    Epoch.objects.update(log_mark=how, paper_public=thief.public)
    KeyHolder.objects.filter(user=cata).update(public=thief.public)
    client = signed_in_client(advocate)
    words = {"passphrase": walled.founded.passphrase}
    assert client.post(reverse("survivors:unlock"), words).url == reverse("survivors:log")

    refused = client.post(reverse("survivors:remove", args=[bea.pk]), follow=True)
    assert "otra llave de papel" in refused.content.decode()
    assert Epoch.objects.count() == 1
    paper = new_paper(walled)
    after = members.remove(by=walled.by, user_id=bea.pk)

    assert opens(paper, bytes(Epoch.objects.get(is_open=True).on_paper))
    # Whose key nobody remembers is out until her six words are compared.
    assert [share.user for share in Share.objects.all()] == [advocate]
    assert "key.again" in kinds(after)
    key_pairs.typed_back(by=cata, passphrase=her_words)
    KeyHolder.objects.filter(user=cata).update(public=hers.public)
    six = " ".join(phrases.fingerprint(hers.public))
    members.admit(by=after, user_id=cata.pk, fingerprint=six)
    assert opens(hers, bytes(Share.objects.get(user=cata).sealed))


def test_a_key_that_was_made_and_compared_again_counts(advocate: User) -> None:
    walled = found_wall(advocate)
    bea, _pair, _words = admitted(walled, "bea")
    cata, _older, _older_words = admitted(walled, "cata")
    fresh = members.make_key(by=cata)
    members.confirm_key(by=cata, passphrase=fresh.passphrase)
    six = " ".join(phrases.fingerprint(fresh.pair.public))
    members.admit(by=walled.by, user_id=cata.pk, fingerprint=six)

    after = members.remove(by=walled.by, user_id=bea.pk)

    assert opens(fresh.pair, bytes(Share.objects.get(user=cata).sealed))
    assert not {"key.member", "key.paper"} & set(kinds(after))


def test_new_envelopes_and_a_member_who_came_by_paper_count(advocate: User) -> None:
    walled = found_wall(advocate)
    bea, _pair, _words = admitted(walled, "bea")
    cata = second(advocate.organisation, "cata")
    paper = " ".join(walled.founded.paper_words)
    fresh = recovery.with_paper(by=cata, words=paper)
    recovery.finish_with_paper(by=cata, words=paper, passphrase=fresh.passphrase)
    other = new_paper(walled)

    after = members.remove(by=walled.by, user_id=bea.pk)

    assert opens(other, bytes(Epoch.objects.get(is_open=True).on_paper))
    assert opens(fresh.pair, bytes(Share.objects.get(user=cata).sealed))
    assert not {"key.member", "key.paper"} & set(kinds(after))


# --- When the wall is opened ----------------------------------------------------------------------


@pytest.mark.parametrize("where", ["slot", "address", "turn", "paper", "own"])
def test_whoever_opens_the_wall_is_told_first_that_a_key_was_changed_and_it_is_put_right(
    advocate: User, where: str
) -> None:
    walled = found_wall(advocate)
    thief = KeyPair.make()
    match where:
        case "slot":
            Slot.objects.update(public=thief.public)
        case "address":
            Address.objects.update(public=thief.public)
        case "turn":
            Epoch.objects.update(public=thief.public)
        case "paper":
            Epoch.objects.update(paper_public=thief.public)
        case _:
            KeyHolder.objects.update(public=thief.public)

    client = signed_in_client(advocate)
    words = {"passphrase": walled.founded.passphrase}
    answer = client.post(reverse("survivors:unlock"), words)

    assert answer.url == reverse("survivors:log")
    assert "CAMBIÓ EN LA BASE DE DATOS" in client.get(answer.url).content.decode()
    for model, names in (
        (Slot, ["public"]),
        (Address, ["public"]),
        (Epoch, ["public", "paper_public"]),
        (KeyHolder, ["public"]),
    ):
        found = [bytes(row) for name in names for row in model.objects.values_list(name, flat=True)]
        assert thief.public not in found, model
    # Said once: what was put right is not said again.
    assert client.post(reverse("survivors:unlock"), words).url == reverse("survivors:home")
    # What is deposited from now on is for the wall alone.
    slot.deposit(organisation_id=advocate.organisation_id, kind=Kind.END)
    letter = Letter.objects.get()
    assert not opens(thief, bytes(letter.sealed))
    assert opens(walled.by.pair_of(walled.by.current), bytes(letter.sealed))


def test_a_letter_that_was_sealed_to_another_key_is_lost_and_the_team_is_told_of_it(
    advocate: User,
) -> None:
    walled = found_wall(advocate)
    Slot.objects.update(public=KeyPair.make().public)
    slot.deposit(organisation_id=advocate.organisation_id, kind=Kind.CALL_BACK, says={})
    client = signed_in_client(advocate)
    client.post(reverse("survivors:unlock"), {"passphrase": walled.founded.passphrase})
    client.get(reverse("survivors:letters"))
    shown = client.get(reverse("survivors:log")).content.decode()
    assert "NO SE PUDIERON ABRIR: 1." in shown
    assert "letters.broken" in LOUD


def test_with_the_wall_open_nothing_is_sealed_to_what_the_table_says(advocate: User) -> None:
    walled = found_wall(advocate)
    thief = KeyPair.make()
    Epoch.objects.update(public=thief.public)
    begin_case(walled.by)
    newest = LogEntry.objects.order_by("position").last()
    assert newest is not None
    assert not opens(thief, bytes(newest.sealed))
    assert "case.begin" in kinds(walled.by)


def test_an_untouched_wall_opens_where_one_wanted_to_go(advocate: User) -> None:
    walled = found_wall(advocate)
    admitted(walled, "bea")
    client = signed_in_client(advocate)
    words = {"passphrase": walled.founded.passphrase}
    assert client.post(reverse("survivors:unlock"), words).url == reverse("survivors:home")
    assert unlocking.open_wall_with(advocate, walled_pair(walled)).current == walled.by.current


def walled_pair(walled: Walled) -> KeyPair:
    return key_pairs.opened(by=walled.user, passphrase=walled.founded.passphrase)
