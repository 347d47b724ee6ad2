"""Who holds the machine can let an administrator in again, and the log says so."""

from __future__ import annotations

import pytest

from tequio.access.actions import create_organisation, create_user, rescue_administrator
from tequio.access.models import ResetCode
from tequio.audit.models import Event
from tequio.config import rescue
from tequio.core.errors import DomainError

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def house() -> None:
    organisation = create_organisation(by=None, name="Casa Clara")
    for handle, role in (("ana", "administrator"), ("lalo", "facilitator")):
        create_user(by=None, name=handle, handle=handle, roles=[role], organisation=organisation)
    ResetCode.objects.all().delete()


def test_an_administrator_gets_a_code_that_lets_the_telephone_go(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert rescue.run(["ana@casa-clara"]) == 0
    code = ResetCode.objects.get()
    assert code.resets_authenticator
    assert "ana@casa-clara" in capsys.readouterr().out
    event = Event.objects.get(kind="reset_code.allow_authenticator")
    assert event.actor_label == "sistema"
    assert event.organisation_id == code.user.organisation_id


@pytest.mark.parametrize("login", ["lalo@casa-clara", "nadie@casa-clara"])
def test_nobody_else_is_let_in_this_way(login: str) -> None:
    with pytest.raises(DomainError, match="administre"):
        rescue_administrator(by=None, login=login)
    assert not ResetCode.objects.exists()
