"""What happens behind the wall: steps through its own pages, wherever there is a page.

Each is taken in one of two worlds while the other goes on without it.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import pytest
from django.db import transaction
from django.test import Client, TestCase
from django.urls import reverse
from tests.factories.survivors import referral
from tests.meta import matrix_releases
from tests.meta import test_access_matrix as matrix
from tests.people import sign_in
from tests.telephones_alone import Telephone
from tests.two_worlds.cast import World, browser
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

Step = Callable[[World], None]
STEPS: dict[str, Step] = {}


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


def _second_comes_in(world: World, by: OpenWall) -> Client:
    """Admit a second member, and return the browser in which they opened the wall."""
    fresh = members.make_key(by=world.second)
    members.confirm_key(by=world.second, passphrase=fresh.passphrase)
    words = " ".join(phrases.fingerprint(fresh.pair.public))
    members.admit(by=by, user_id=world.second.pk, fingerprint=words)
    theirs = sign_in(browser(), world.second)
    theirs.post(reverse("survivors:unlock"), {"passphrase": fresh.passphrase})
    return theirs


@step
def a_member_comes_and_goes(world: World) -> None:
    by = opened(world)
    theirs = _second_comes_in(world, by)
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
def asks_to_be_called_back(world: World) -> None:
    page = reverse("letters:info", args=[world.walled.user.organisation.slug])
    hers = {
        "paso": "enviar", "telephone": "55 1234 5678", "days": ["1"], "begin": "10:00",
        "end": "12:00", "if_other": "hang_up", "name": "Jacinta", "word": "girasol",
    }  # fmt: skip
    for part in ({"paso": "ver"}, {"paso": "llamada"}, {"paso": "sola"}, hers, hers, hers):
        assert browser().post(page, part).status_code == 200
    browser().get(reverse("access:leave-now"))


@step
def takes_a_copy_out_by_two(world: World) -> None:
    by, case = opened(world), _case(world)
    asked = two_people.ask(by=by, case_id=case.pk, reason="Audiencia")
    theirs = _second_comes_in(world, by)
    theirs.post(reverse("survivors:export-allow", args=[asked]))
    client = unlock(world)
    client.get(reverse("survivors:exports"))
    shown = client.post(reverse("survivors:export-words", args=[asked]))
    words = {"words": shown.context["words"]}
    taken = client.post(reverse("survivors:export-take", args=[asked]), words)
    assert taken.status_code == 200, taken.content[:300]


@step
def wants_her_case_gone(world: World) -> None:
    client, case = unlock(world), _case(world)
    shown = next(line for line in covers(by=opened(world)) if line.id == case.pk)
    sent = {"reason": "asked", "order_to_keep": "no", "folio": shown.cover.folio}
    client.post(reverse("survivors:erase", args=[case.pk]), sent)
    assert not Case.objects.filter(pk=case.pk).exists()
    world.cases[:] = [line.id for line in covers(by=opened(world))]


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
def comes_to_the_end_of_its_months(world: World) -> None:
    """The clock erases it, as it strikes at the end of both worlds."""
    case = _case(world)
    Case.objects.filter(pk=case.pk).update(erase_after=clock.today("America/Mexico_City"))


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
