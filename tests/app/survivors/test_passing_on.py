"""A woman's referral: her yes holds the link, and outside nothing tells it from a man's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories.literacy import referral_of
from tests.factories.survivors import filled_case
from tests.people import *  # noqa: F403
from tests.walls import Walled, begin_case, client_behind, found_wall

from tequio.access.models import User
from tequio.care import referring
from tequio.core import clock
from tequio.core.errors import DomainError
from tequio.network.actions import slips
from tequio.network.models import Slip
from tequio.survivors.actions import decisions, erasing, passing, sheets
from tequio.survivors.actions.decisions import Heard
from tequio.survivors.queries.covers import covers
from tequio.survivors.rules.sheets import Held, Referral, Shared

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 18, tzinfo=UTC)
SHARED = (Shared("need", "Asesoría para su divorcio"), Shared("safe_way", "Jueves a las once"))


@pytest.fixture
def walled(advocate: User) -> Iterator[Walled]:
    with clock.at(NOON):
        slips.keep_stock_of(advocate.organisation_id)
        yield found_wall(advocate)


def _held(walled: Walled, case_id: object) -> Held:
    there = sheets.all_of(walled.by, case_id)  # type: ignore[arg-type]
    return next(one for one in there if isinstance(one.body, Referral))


def _referral(walled: Walled, case_id: object) -> Referral:
    body = _held(walled, case_id).body
    assert isinstance(body, Referral)
    return body


def _says(walled: Walled, case_id: object, decision: str) -> None:
    decisions.decide(
        by=walled.by,
        case_id=case_id,  # type: ignore[arg-type]
        purpose="share",
        decision=decision,
        heard=Heard(sheets.today(walled.by)),
        only="Con la abogada",
        until=sheets.today(walled.by) + timedelta(days=30),
    )


def test_what_she_chose_to_share_is_written_on_the_page(walled: Walled) -> None:
    case = begin_case(walled.by)
    address = reverse("survivors:new-sheet", args=[case.pk, "canalizacion"])
    typed = {
        "to": "Abogadas de la colonia",
        "purpose": "legal",
        "chosen": ["need", "safe_way"],
        "agreed_on": "2026-11-20",
        "agreed_until": "2026-12-20",
    }
    client = client_behind(walled)
    assert client.post(address, {**typed, "chosen": []}).status_code == 422
    assert client.post(address, typed).status_code == 302
    assert _referral(walled, case.pk).data == ("need", "safe_way")


def _issued(walled: Walled) -> tuple[object, str]:
    case_id = filled_case(walled.by).case_id
    _says(walled, case_id, "given")
    held = _held(walled, case_id)
    passing.issue(by=walled.by, case_id=case_id, held=held, shared=SHARED, call="55 1234")
    return case_id, reverse("network:slip", args=[_referral(walled, case_id).secret])


def test_without_her_yes_there_is_no_link_and_not_more_than_she_chose(walled: Walled) -> None:
    case_id = filled_case(walled.by).case_id
    with pytest.raises(DomainError, match="no ha dicho que sí"):
        passing.issue(
            by=walled.by, case_id=case_id, held=_held(walled, case_id), shared=SHARED, call=""
        )
    _says(walled, case_id, "given")
    with pytest.raises(DomainError, match="lo que ella eligió"):
        passing.issue(
            by=walled.by,
            case_id=case_id,
            held=_held(walled, case_id),
            shared=(Shared("risk", "Sí"),),
            call="",
        )


def test_they_answer_without_an_account_and_she_reads_it_behind_the_wall(walled: Walled) -> None:
    case_id, link = _issued(walled)
    assert "Asesoría para su divorcio" in Client().get(link).content.decode()
    Client().post(link, {"answer": "accepted"})
    assert _referral(walled, case_id).state == "sent"
    browser = client_behind(walled)
    page = reverse("survivors:sheet", args=[case_id, _held(walled, case_id).id])
    assert "Contestaron en la liga" in browser.get(page).content.decode()
    browser.post(reverse("survivors:referral-answers", args=[case_id, _held(walled, case_id).id]))
    assert _referral(walled, case_id).state == "accepted"


def test_a_no_stands_on_her_page_as_soon_as_her_case_is_opened(walled: Walled) -> None:
    case_id, link = _issued(walled)
    page = reverse("survivors:case", args=[case_id])
    browser = client_behind(walled)
    assert "Contestaron en la liga" not in browser.get(page).content.decode()
    Client().post(link, {"answer": "declined.full"})
    shown = browser.get(page).content.decode()
    assert "Contestaron en la liga" in shown
    assert "No hay lugar ahora" in shown
    browser.post(reverse("survivors:referral-answers", args=[case_id, _held(walled, case_id).id]))
    assert "Contestaron en la liga" not in browser.get(page).content.decode()


def test_taking_back_the_permission_to_share_takes_the_link_with_it(walled: Walled) -> None:
    case_id, link = _issued(walled)
    _says(walled, case_id, "withdrawn")
    assert Client().get(link).status_code == 404
    body = _referral(walled, case_id)
    assert (body.state, body.shared, body.secret) == ("revoked", (), "")


def test_erasing_her_case_takes_the_link_with_it(walled: Walled) -> None:
    case_id, link = _issued(walled)
    folio = covers(by=walled.by)[0].cover.folio
    erasing.erase(by=walled.by, case_id=case_id, folio=folio, reason="asked")
    assert Client().get(link).status_code == 404


def test_in_a_copy_of_the_database_hers_looks_like_his_and_like_nobodys(
    walled: Walled, coordinator: User
) -> None:
    rows = {row.pk: (len(row.digest), len(bytes(row.mark)), len(bytes(row.sealed)), row.erase_after)
            for row in Slip.objects.all()}  # fmt: skip
    _case, hers = _issued(walled)
    his = reverse("network:slip", args=[referring.opened(referral_of(coordinator)).secret])
    after = {row.pk: (len(row.digest), len(bytes(row.mark)), len(bytes(row.sealed)),
                      row.erase_after) for row in Slip.objects.all()}  # fmt: skip
    assert after == rows
    assert len(set(after.values())) == 1
    assert [len(part) for part in hers.split("/")] == [len(part) for part in his.split("/")]
    # The page of a link asks the same of the database, whoever it is about.
    assert _asked(hers) == _asked(his)


def _asked(link: str) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        Client().get(link)
    return [one["sql"].split("WHERE")[0] for one in asked.captured_queries]


def test_behind_the_wall_no_stock_is_made(walled: Walled) -> None:
    Slip.objects.all().delete()
    case_id = filled_case(walled.by).case_id
    _says(walled, case_id, "given")
    with pytest.raises(DomainError, match="ligas"):
        passing.issue(
            by=walled.by, case_id=case_id, held=_held(walled, case_id), shared=SHARED, call=""
        )
    assert not Slip.objects.exists()


def test_the_pages_of_the_link_show_before_they_make(walled: Walled) -> None:
    case_id = filled_case(walled.by).case_id
    _says(walled, case_id, "given")
    browser = client_behind(walled)
    page = reverse("survivors:referral-link", args=[case_id, _held(walled, case_id).id])
    typed = {"link-need": "Asesoría", "link-safe_way": "Jueves", "link-call": "55 1234"}
    assert "Esto y nada más" in browser.post(page, {**typed, "paso": "ver"}).content.decode()
    assert _referral(walled, case_id).secret == ""
    browser.post(page, {**typed, "paso": "hacer"})
    assert _referral(walled, case_id).secret
