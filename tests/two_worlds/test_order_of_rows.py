"""No page hangs on the order in which a database happens to hold its rows.

PostgreSQL gives rows that nobody put in order as they lie, today so and tomorrow otherwise: two
worlds would differ by it, and so would a list for the person who reads it. SQLite turns such
answers round when it is asked to; pages that are then different have a list without an order.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from tests.factories.access import OrganisationFactory
from tests.factories.people import ParticipantFactory
from tests.two_worlds import crawl

from tequio.people.models import Participant

pytestmark = pytest.mark.django_db
SHARES = 8
# PostgreSQL has no such switch; what SQLite shows is in the code, whatever the database.
SWITCH = connection.vendor == "sqlite"


@contextmanager
def turned_round() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA reverse_unordered_selects = ON")
        try:
            yield
        finally:
            cursor.execute("PRAGMA reverse_unordered_selects = OFF")


def test_rows_without_an_order_are_turned_round_and_others_are_not() -> None:
    if not SWITCH:
        return
    house = OrganisationFactory.create()
    for alias in ("Encino", "Fresno", "Roble"):
        ParticipantFactory.create(organisation=house, alias=alias)
    as_they_lie = list(Participant.objects.values_list("alias", flat=True))
    with turned_round():
        assert list(Participant.objects.values_list("alias", flat=True)) == as_they_lie[::-1]
        in_order = Participant.objects.order_by("alias_key", "pk").values_list("alias", flat=True)
        assert list(in_order) == ["Encino", "Fresno", "Roble"]


# Most pages are asked for by several people: an eighth of all questions meets most pages.
@pytest.mark.parametrize(
    "share",
    [
        pytest.param(0, marks=pytest.mark.thorough),
        *(pytest.param(n, marks=pytest.mark.deep) for n in range(1, SHARES)),
    ],
)
def test_a_page_is_the_same_however_the_rows_lie(share: int) -> None:
    if not SWITCH:
        return
    asked = crawl.cells()[share::SHARES]
    as_they_lie = crawl.tell([], asked, there=False)
    with turned_round():
        otherwise = crawl.tell([], asked, there=False)
    found = list(crawl.differences(as_they_lie, otherwise))
    assert not found, "\n".join([f"{len(found)} differences", *found[:40]])
