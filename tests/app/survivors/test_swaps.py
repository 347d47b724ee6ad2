"""What is sealed opens in its own place only: not in another row, field, wall or version."""

from __future__ import annotations

from random import Random

import pytest
from tests.factories.access import UserFactory
from tests.people import *  # noqa: F403
from tests.sealed_rows import Sealed, fill, sealed_rows
from tests.walls import found_wall

from tequio.access.models import Organisation, User
from tequio.core.sealing import Key, SealBroken
from tequio.survivors.models import Case

pytestmark = pytest.mark.django_db
QUICK, MANY = 500, 10_000


@pytest.fixture
def rows(advocate: User, other_organisation: Organisation) -> list[Sealed]:
    """Two walls of two organisations on one server."""
    hers = UserFactory.create(organisation=other_organisation, handle="sara", roles=["advocate"])
    found: list[Sealed] = []
    for user in (advocate, hers):
        walled = found_wall(user)
        fill(walled)
        found += sealed_rows(walled.by)
    return found


def _opens(sealed: Sealed) -> bool:
    try:
        sealed.open()
    except SealBroken:
        return False
    return True


def _attempts(rows: list[Sealed], luck: Random, count: int) -> list[str]:
    """Move, shorten and change boxes; return what opened all the same."""
    wrong = []
    for number in range(count):
        here, there = luck.sample(rows, 2)
        box, version = here.box, getattr(here.row, "version", None)
        how = ("moved", "shortened", "changed", "version")[number % 4]
        if how == "moved":
            here.box = there.box
        elif how == "shortened":
            here.box = box[: luck.randrange(len(box))]
        elif how == "changed":
            place = luck.randrange(len(box))
            here.box = (
                box[:place] + bytes([box[place] ^ (1 << luck.randrange(8))]) + box[place + 1 :]
            )
        elif version is None or here.field == "sealed_key" or here.row._meta.model_name not in _OWN:
            continue
        else:
            here.row.version = version + luck.choice((-1, 1, 2))
        if _opens(here):
            wrong.append(f"{how}: {here.row._meta.model_name}.{here.field}")
        here.box = box
        if version is not None:
            here.row.version = version
    return wrong


# Rows whose field is bound to their version; what is sealed for the wall says its place inside.
_OWN = {"case", "record", "heldletter"}


def _all_swaps(rows: list[Sealed], count: int) -> None:
    assert len(rows) > 20
    assert all(_opens(sealed) for sealed in rows)
    assert _attempts(rows, Random(20261120), count) == []
    assert all(_opens(sealed) for sealed in rows)


def test_nothing_sealed_opens_where_it_does_not_belong(rows: list[Sealed]) -> None:
    _all_swaps(rows, QUICK)


@pytest.mark.deep
def test_ten_thousand_swaps_are_all_refused(rows: list[Sealed]) -> None:
    _all_swaps(rows, MANY)


def test_a_seal_that_is_bound_to_no_place_would_be_found(
    rows: list[Sealed], monkeypatch: pytest.MonkeyPatch
) -> None:
    seal, opened = Key.seal, Key.open
    anywhere = {"bound_to": ""}
    monkeypatch.setattr(Key, "seal", lambda self, plain, **_place: seal(self, plain, **anywhere))
    monkeypatch.setattr(Key, "open", lambda self, box, **_place: opened(self, box, **anywhere))
    case_id = Case.objects.values_list("pk", flat=True)[0]
    loose = [row for row in rows if row.field == "sealed" and row.row._meta.model_name == "record"]
    one, other = [row for row in loose if row.row.case_id == case_id][:2]
    key = Key.from_master(b"k" * 32)
    one.open = other.open = lambda: key.open(one.box, bound_to="one")
    one.box, other.box = (key.seal(b"{}", bound_to=place) for place in ("one", "other"))
    assert _attempts([one, other], Random(1), 8) != []
