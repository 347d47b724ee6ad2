"""What happens in a world: steps outside, the same in both, and steps behind the wall between them.

Steps outside are the rows of the table of who may do what: each change that a role may make. Steps
behind the wall go through its own pages, wherever there is a page.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from zlib import crc32

import pytest
from django.db import transaction
from django.test import Client, TestCase
from django.urls import reverse
from hypothesis import strategies as st
from tests.factories.survivors import referral
from tests.meta import matrix_releases
from tests.meta import test_access_matrix as matrix
from tests.people import sign_in
from tests.telephones_alone import Telephone
from tests.two_worlds.cast import BEGAN, NOBODY, STEP, WALLED_ROLE, World, browser
from tests.walking import walk
from tests.walls import begin_case

from tequio.access import key_pairs
from tequio.core import clock, entropy, ids, keys, phrases
from tequio.core.errors import DomainError
from tequio.letters.answers import ANSWERED, packed
from tequio.letters.models import Answers, Letter
from tequio.survivors.actions import (
    decisions,
    drafts,
    forgetting,
    inviting,
    members,
    passing,
    sheets,
    subjects,
    two_people,
    unlocking,
)
from tequio.survivors.actions.decisions import Heard
from tequio.survivors.models import Case
from tequio.survivors.opened import OpenWall
from tequio.survivors.queries.covers import covers
from tequio.survivors.rules.sheets import Referral, Shared

# --- Outside --------------------------------------------------------------------------------------


def public_steps() -> list[tuple[str, str, str]]:
    """Every change that somebody outside may make: route, of whose things, by whom."""
    return [
        (row.route, row.whose, who)
        for row, cells in matrix.table().items()
        for who, cell in cells.items()
        if row.method == "POST" and cell == "sí" and who not in {NOBODY, WALLED_ROLE}
        and not row.route.startswith(("survivors:", "access:")) and row.route in matrix.routes()
    ]  # fmt: skip


def do_outside(world: World, step: tuple[str, str, str]) -> None:
    """Send what the step sends. What it answers is compared by the crawl, not here."""
    route, whose, who = step
    address = world.address(route, matrix.routes()[route], whose)
    with transaction.atomic(), TestCase.captureOnCommitCallbacks(execute=True):
        world.client_of(who).post(address, matrix._sent(route))


# --- Behind the wall ------------------------------------------------------------------------------

Step = Callable[[World], None]
STEPS: dict[str, Step] = {}
_SLOTS = 4


def step(function: Step) -> Step:
    """Name a step by its function."""
    STEPS[function.__name__] = function
    return function


def opened(world: World) -> OpenWall:
    """Return the wall, open for its first member, as it is now."""
    pair = key_pairs.opened(by=world.walled.user, passphrase=world.walled.founded.passphrase)
    return unlocking.open_wall_with(world.walled.user, pair)


def unlock(world: World) -> Client:
    """Return her team's browser with the wall open."""
    # She signs in anew, as after a quarter of an hour; that is seen outside in both worlds.
    sign_in(world.browser, world.walled.user)
    words = {"passphrase": world.walled.founded.passphrase}
    world.browser.post(reverse("survivors:unlock"), words)
    return world.browser


def _case(world: World) -> Any:
    found = Case.objects.filter(pk__in=world.cases).first()
    if found is None:
        found = begin_case(opened(world), alias="Jacinta", folio=ids.new_folio(stream="walled"))
        world.cases.append(found.pk)
    return found


@step
def begins_cases(world: World) -> None:
    client = unlock(world)
    for alias in ("Jacinta", "Lupe", "Nogal"):
        client.post(reverse("survivors:begin"), {"alias": alias, "reads": "not_said"})
    _case(world)


@step
def fills_in_every_page(world: World) -> None:
    client, case = unlock(world), _case(world)
    start = [reverse("survivors:case", args=[case.pk]), reverse("survivors:home")]
    for _sent in walk(client, start, _said, within="/muro/", skip=_shuts, most=30):
        pass
    world.cases[:] = [line.id for line in covers(by=opened(world))]


def _said(name: str) -> str:
    return f"{name} Nogal"


_SHUTS: Final = frozenset(
    f"survivors:{name}"
    for name in ("lock", "unlock", "found", "key", "recover", "passphrase", "new-paper", "code")
)


def _shuts(action: str) -> bool:
    """Leave out what shuts the wall or turns its keys, and the declared crossing (ADR 0071)."""
    out = "/equipo/" in action or action.endswith(("/preguntar/", "/publicar/"))
    return out or any(action == reverse(name) for name in _SHUTS)


@step
def reads_and_searches(world: World) -> None:
    client, case = unlock(world), _case(world)
    client.get(reverse("survivors:home"))
    client.post(reverse("survivors:home"), {"q": "Nogal"})
    client.get(reverse("survivors:case", args=[case.pk]))


@step
def looks_for_what_is_not_there(world: World) -> None:
    client = unlock(world)
    client.get(reverse("survivors:case", args=[ids.new_id(stream="walled")]))
    client.get("/muro/no-hay/")


@step
def mistypes_the_words(world: World) -> None:
    sign_in(world.browser, world.walled.user)
    for _time in range(3):
        world.browser.post(reverse("survivors:unlock"), {"passphrase": "no son estas"})


@step
def locks_and_writes_too_late(world: World) -> None:
    client, case = unlock(world), _case(world)
    client.post(reverse("survivors:lock"))
    client.post(reverse("survivors:begin"), {"alias": "Tarde"})
    client.post(reverse("survivors:case", args=[case.pk]), {"said": "me pegó el domingo"})
    kept = drafts.kept(by=opened(world))
    for draft in kept[:1]:
        drafts.drop(by=opened(world), draft_id=draft.id)


@step
def opens_and_shreds_letters(world: World) -> None:
    client = unlock(world)
    for route, holds in matrix.routes().items():
        if "letter" in route and route.startswith("survivors:") and not holds:
            client.get(reverse(route))
    # Whatever the pages above do with them: in this world nobody finds them any more.
    Letter.objects.filter(holder_id=world.walled.user.organisation_id).delete()


@step
def asks_her_and_reads_what_came(world: World) -> None:
    client, case = unlock(world), _case(world)
    yes = {
        "decision": "given",
        "on": clock.today("America/Mexico_City").isoformat(),
        "heard": "read",
    }
    client.post(reverse("survivors:decide", args=[case.pk, "questionnaires"]), yes)
    asked = {"instrument": "conductas-ella", "wave": "T0", "whole": "1"}
    begun = client.post(reverse("survivors:begin-asking", args=[case.pk]), asked)
    if begun.status_code == 302:
        for value in ("few", "few"):
            sent = {f"q{n}": value for n in range(24)}
            client.post(begun.url, {"screen": "#all", "do": "next", **sent})
        client.post(begun.url, {"screen": "#end", "do": "finish"})
    client.get(reverse("survivors:change", args=[case.pk]))
    _comes_by_itself(world, case)
    client.get(reverse("survivors:letters"))


def _comes_by_itself(world: World, case: Any) -> None:
    """What she answered on her telephone lies in the slot, as the page that took it left it."""
    by = opened(world)
    now = clock.now()
    says = {
        "what": ANSWERED, "form": "espacio-ella", "version": "1", "number": str(case.pk),
        "answers": {"segura_casa": "1"}, "at": now.isoformat(),
        "subject": subjects.sealed(by=by, case_id=case.pk, wave="T0"),
    }  # fmt: skip
    epoch = by.wall.epochs.get(is_open=True)
    Answers.objects.create(
        id=ids.new_id(stream="walled"),
        holder_id=by.wall.organisation_id,
        epoch=epoch.number,
        sealed=keys.seal_to(epoch.public, packed(says, b"")),
        erase_after=now.date(),
    )


@step
def asks_to_take_a_case_out(world: World) -> None:
    by, case = opened(world), _case(world)
    two_people.ask(by=by, case_id=case.pk, reason="Audiencia")
    two_people.pending(by=by)


@step
def a_member_comes_and_goes(world: World) -> None:
    by = opened(world)
    fresh = members.make_key(by=world.second)
    members.confirm_key(by=world.second, passphrase=fresh.passphrase)
    words = " ".join(phrases.fingerprint(fresh.pair.public))
    members.admit(by=by, user_id=world.second.pk, fingerprint=words)
    theirs = sign_in(browser(), world.second)
    theirs.post(reverse("survivors:unlock"), {"passphrase": fresh.passphrase})
    theirs.get(reverse("survivors:home"))
    members.remove(by=by, user_id=world.second.pk)


@step
def she_answers_alone(world: World) -> None:
    by, case = opened(world), _case(world)
    yes = Heard(on=sheets.today(by))
    decisions.decide(by=by, case_id=case.pk, purpose="questionnaires", decision="given", heard=yes)
    given = inviting.give(by=by, case_id=case.pk, wave="T0", how="in_person")
    hers = Telephone(browser(), given.code)
    hers.enter("000000" if given.pin != "000000" else "111111")
    hers.enter(given.pin)
    hers.press("sola")
    hers.press("seguir", **{hers.here: "prefers_not"})
    hers.press("otras" if len(world.cases) % 2 else "terminar")


@step
def passes_her_on_by_a_link(world: World) -> None:
    by, case = opened(world), _case(world)
    day = sheets.today(by)
    yes = Heard(on=day)
    decisions.decide(by=by, case_id=case.pk, purpose="share", decision="given", heard=yes)
    made = sheets.write(by=by, case_id=case.pk, body=referral(day))
    shared = (Shared("need", "Asesoría para su divorcio"),)
    held, _body = sheets.pick(by, case.pk, made, Referral)
    passing.issue(by=by, case_id=case.pk, held=held, shared=shared, call="")
    held, body = sheets.pick(by, case.pk, made, Referral)
    link = reverse("network:slip", args=[body.secret])
    browser().get(link)
    browser().post(link, {"answer": "accepted"})
    passing.take_in(by=by, case_id=case.pk, held=held)
    if len(world.cases) % 2:
        decisions.decide(by=by, case_id=case.pk, purpose="share", decision="withdrawn", heard=yes)


@step
def works_out_a_release_and_lets_it_be(world: World) -> None:
    client = unlock(world)
    client.get(reverse("walled:due"))
    client.post(reverse("walled:prepare", kwargs=_due(world)))


def release(world: World) -> None:
    """Let leave what is due: a declared crossing, in both worlds on the same day."""
    with no_public_luck(world.drawn), TestCase.captureOnCommitCallbacks(execute=True):
        client = unlock(world)
        shown = client.post(reverse("walled:prepare", kwargs=_due(world)))
        sent = {"about_to_leave": shown.context["token"]}
        done = client.post(reverse("walled:publish", kwargs=_due(world)), sent)
        assert done.status_code == 302, done.content.decode()[:300]


def _due(world: World) -> dict[str, object]:
    return {
        "her_study_id": world.things[matrix.HOUSE]["her_study_id"],
        **matrix_releases.KNOWN,
    }


@step
def erases(world: World) -> None:
    case = _case(world)
    Case.objects.filter(pk=case.pk).update(erase_after=clock.today("America/Mexico_City"))
    forgetting.forget_cases()
    world.cases[:] = [line.id for line in covers(by=opened(world))]


def do_behind(world: World, name: str) -> None:
    """Carry out a step behind the wall; a refusal is an answer like any other."""
    with (
        no_public_luck(world.drawn),
        transaction.atomic(),
        TestCase.captureOnCommitCallbacks(execute=True),
    ):
        try:
            with transaction.atomic():
                STEPS[name](world)
        except DomainError:
            return


@contextmanager
def no_public_luck(drawn: list[str]) -> Iterator[None]:
    """Note who takes of the public stream inside the block, and give it back.

    One draw too many would change every folio after it; so it is told once, with its place.
    """
    luck, take = entropy._seeded["public"], entropy._Seeded.take
    before = luck._counter

    def noted(self: Any, size: int) -> bytes:
        if self is luck:
            own = [f for f in traceback.extract_stack() if "/tequio/" in f.filename]
            places = [f"{f.filename.split('/tequio/')[-1]}:{f.lineno} {f.name}" for f in own[-4:]]
            drawn.append(" < ".join(reversed(places)))
        return take(self, size)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(entropy._Seeded, "take", noted)
        yield
    luck._counter = before


# --- Drawn ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Slot:
    """A step outside, and what happens behind the wall before it in each of the two worlds."""

    outside: tuple[str, str, str]
    here: tuple[str, ...]
    there: tuple[str, ...]


def histories(turn: int) -> st.SearchStrategy[list[Slot]]:
    """Draw a history. The plainest one is rich already, and another for each turn."""
    # Mixed once and then in turn: the plainest histories of all turns together take every step.
    outside, behind = public_steps(), sorted(STEPS, key=lambda name: crc32(name.encode()))

    def slot(number: int) -> st.SearchStrategy[Slot]:
        first = (turn * _SLOTS + number) % len(behind)
        turned = behind[first:] + behind[:first]
        begins = (turn * 31 + number * 17) % len(outside)
        return st.builds(
            Slot,
            st.sampled_from(outside[begins:] + outside[:begins]),
            # One of the worlds is often one in which nobody ever said anything.
            st.just(()) if turn % 2 == 0 else st.lists(
                st.sampled_from(turned[3:] + turned[:3]), min_size=0, max_size=1
            ).map(tuple),
            st.lists(st.sampled_from(turned), min_size=1, max_size=2).map(tuple),
        )  # fmt: skip

    return st.tuples(*map(slot, range(_SLOTS))).map(list)


def live(world: World, history: Sequence[Slot], *, there: bool) -> None:
    """Let a world live through its history, each step at its own moment in both worlds."""
    for number, slot in enumerate(history):
        began = BEGAN + STEP * (number + 1)
        for turn, name in enumerate(slot.there if there else slot.here):
            with clock.at(began - timedelta(minutes=15 - 3 * turn)):
                do_behind(world, name)
        with clock.at(began):
            do_outside(world, slot.outside)
