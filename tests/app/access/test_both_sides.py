"""Who accompanies women does not work with the men, unless two signed and it still holds."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.people import *  # noqa: F403
from tests.people import signed_in_client
from tests.walls import found_wall

from tequio.access.actions import create_user, duties, set_roles
from tequio.access.models import DutyException, RoleGrant, User
from tequio.access.permissions import Permission
from tequio.audit.models import Event
from tequio.core import clock
from tequio.core.errors import DomainError, Forbidden

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
OUTSIDE = duties.Outside("Rosa Luna", "Abogada", "Casa Sur")


def again(user: User) -> User:
    return User.objects.select_related("organisation").get(pk=user.pk)


def signed(director: User, user: User, ends_on: date = date(2027, 5, 20)) -> DutyException:
    return duties.sign_exception(
        by=director, user_id=user.pk, reason="Somos cuatro", outside=OUTSIDE, ends_on=ends_on
    )


@pytest.mark.parametrize("role", ["facilitator", "coordinator", "therapist"])
def test_no_role_of_the_mens_side_goes_with_accompanying(
    administrator: User, advocate: User, role: str
) -> None:
    for had, gets in ((advocate, {"advocate", role}), (advocate, {role, "advocate", "promoter"})):
        with pytest.raises(DomainError, match="no facilita"):
            set_roles(by=administrator, user_id=had.pk, roles=gets)
    with pytest.raises(DomainError, match="no facilita"):
        create_user(by=administrator, name="Eva", handle="evita", roles=["advocate", role])
    set_roles(by=administrator, user_id=advocate.pk, roles={"advocate", "promoter"})


def test_an_exception_lets_both_and_ends_by_itself(
    director: User, administrator: User, facilitator: User
) -> None:
    with clock.at(NOON):
        signed(director, facilitator)
        set_roles(by=administrator, user_id=facilitator.pk, roles={"advocate", "facilitator"})
        assert again(facilitator).scope(Permission.WALL_ENTER) is not None
        found_wall(again(facilitator))
        assert signed_in_client(facilitator).get("/muro/").status_code == 302
        page = signed_in_client(administrator).get(reverse("access:roles")).content.decode()
        assert "Rosa Luna" in page
        assert "Casa Sur" in page
    with clock.at(datetime(2027, 5, 21, 18, 0, tzinfo=UTC)):
        assert again(facilitator).scope(Permission.WALL_ENTER) is None
        assert again(facilitator).scope(Permission.ATTENDANCE_MARK) is not None
        client: Client = signed_in_client(facilitator)
        assert client.get("/muro/").status_code == 404
        page = client.get(reverse("access:roles")).content.decode()
        assert "ninguna excepción vigente" in page


def test_an_exception_taken_back_shuts_the_door_at_once(
    director: User, administrator: User, facilitator: User
) -> None:
    soon = date.fromordinal(clock.today("America/Mexico_City").toordinal() + 9)
    made = signed(director, facilitator, soon)
    set_roles(by=administrator, user_id=facilitator.pk, roles={"advocate", "facilitator"})
    client = signed_in_client(facilitator)
    assert client.get("/muro/").status_code == 302
    signed_in_client(director).post(reverse("access:duty-end", args=[made.pk]))
    assert client.get("/muro/").status_code == 404
    assert Event.objects.filter(kind__startswith="duty_exception").count() == 2


def test_what_an_exception_may_not_be(director: User, facilitator: User, advocate: User) -> None:
    with clock.at(NOON):
        for bad in (date(2026, 11, 20), date(2027, 11, 21)):
            with pytest.raises(DomainError, match="un año"):
                signed(director, facilitator, bad)
        with pytest.raises(DomainError, match="propia"):
            signed(director, director)
        inside = duties.Outside("Otra", "Consejo", " círculo  NORTE ")
        with pytest.raises(DomainError, match="de fuera"):
            duties.sign_exception(
                by=director,
                user_id=facilitator.pk,
                reason="x",
                outside=inside,
                ends_on=date(2027, 1, 1),
            )
        with pytest.raises(Forbidden):
            signed(advocate, facilitator)


def test_the_page_signs_one(director: User, facilitator: User) -> None:
    client = signed_in_client(director)
    sent = {
        "person": str(facilitator.pk),
        "reason": "Somos cuatro",
        "ends_on": "2026-11-24",
        "outside_name": "Rosa",
        "outside_office": "Abogada",
        "outside_organisation": "Casa Sur",
    }
    address = reverse("access:duty-sign")
    assert client.post(address, sent).status_code == 422
    assert not DutyException.objects.exists()
    in_a_month = {**sent, "agreed": "on", "ends_on": "2026-12-24"}
    with clock.at(NOON):
        client = signed_in_client(director)
        assert client.post(address, in_a_month).status_code == 302
    assert DutyException.objects.get().outside_name == "Rosa"


def test_nothing_of_it_asks_a_table_of_the_wall(facilitator: User, director: User) -> None:
    RoleGrant.objects.create(user=facilitator, role="advocate", granted_by="pruebas")
    client = signed_in_client(facilitator)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(reverse("access:roles")).status_code == 200
        assert client.get("/muro/").status_code == 404
    assert not [query["sql"] for query in asked if "survivors_" in query["sql"]]
