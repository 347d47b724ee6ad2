"""A woman's case: its sheets, what is due, and pages that lose nothing of what was typed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.survivors import (
    FOLIO,
    Filled,
    card,
    filled_case,
    offer_of,
    offered,
    risk,
)
from tests.people import *  # noqa: F403
from tests.walls import Walled, client_behind, found_wall

from tequio.access.models import User
from tequio.core import clock
from tequio.core.errors import Conflict, DomainError
from tequio.survivors import log, vault
from tequio.survivors.actions import (
    cases,
    contacts,
    decisions,
    forgetting,
    judging,
    listing,
    sheets,
    ways,
)
from tequio.survivors.actions.decisions import Heard
from tequio.survivors.models import Case, Record
from tequio.survivors.queries.covers import covers
from tequio.survivors.queries.due import waiting
from tequio.survivors.rules import standing
from tequio.survivors.rules.covers import Cover
from tequio.survivors.rules.sheets import Consent, Contact, Link, Order, Risk, SafeContact, Service

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
IT_WAS_READ = Heard(TODAY)


@pytest.fixture
def walled(advocate: User) -> Iterator[Walled]:
    with clock.at(NOON):
        yield found_wall(advocate)


@pytest.fixture
def filled(walled: Walled) -> Filled:
    return filled_case(walled.by)


@pytest.fixture
def client(walled: Walled) -> Client:
    return client_behind(walled)


def cover_of(walled: Walled, case_id: object) -> Cover:
    return next(line.cover for line in covers(by=walled.by) if line.id == case_id)


def pages_of(filled: Filled) -> list[str]:
    case = filled.case_id
    own = ["case", "journey", "about", "card", "contact", "decisions", "link", "plan"]
    found = [reverse(f"survivors:{name}", args=[case]) for name in [*own, "seat", "close"]]
    kinds = ("riesgo", "orden", "canalizacion", "necesidad", "hija-o-hijo", "medida")
    found += [reverse("survivors:new-sheet", args=[case, slug]) for slug in kinds]
    found += [reverse("survivors:sheet", args=[case, held.id]) for held in filled.sheets]
    found += [reverse("survivors:decide", args=[case, p]) for p in ("keep", "share", "statistics")]
    found += [reverse("survivors:take-back", args=[case, "keep"])]
    found += [reverse("survivors:relink", args=[case, filled.of(Link).id])]
    groups = [reverse(f"survivors:{name}") for name in ("home", "begin", "groups", "new-group")]
    one = [
        reverse(f"survivors:{name}", args=[filled.group_id]) for name in ("group", "change-group")
    ]
    return found + groups + one


def test_every_page_of_a_full_case_is_drawn(client: Client, filled: Filled) -> None:
    for address in pages_of(filled):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert answer["Cache-Control"] == "no-store"


def test_the_page_of_a_case_says_what_matters_and_masks_the_rest(
    client: Client, walled: Walled, filled: Filled
) -> None:
    page = client.get(reverse("survivors:case", args=[filled.case_id])).content.decode()
    for words in (
        "Jacinta",
        "Confirma estas reglas",
        "Juzgado cívico",
        "1 violación",
        "Asesoría legal",
        FOLIO,
    ):
        assert words in page
    assert "girasol" not in page
    assert "5555 1234" not in page
    address = reverse("survivors:reveal", args=[filled.case_id])
    assert "girasol" in client.post(address, {"what": "word"}).content.decode()
    assert log.lines(by=walled.by)[0].kind == "card.reveal"
    page = client.post(address, {"what": "where"}).content.decode()
    assert "55 5555 1234" in page
    assert "girasol" not in page


def test_nothing_of_hers_lies_in_clear(filled: Filled) -> None:
    for case in Case.objects.all():
        assert b"Jacinta" not in bytes(case.cover)
    for record in Record.objects.all():
        assert FOLIO.encode() not in bytes(record.sealed)
        assert b"kind" not in bytes(record.sealed)


def test_a_case_needs_no_man_and_begins_with_a_name_alone(client: Client, walled: Walled) -> None:
    answer = client.post(reverse("survivors:begin"), {"alias": "Flor", "reads": "reads"})
    assert answer.status_code == 302
    (line,) = covers(by=walled.by)
    assert (line.cover.alias, line.cover.men, line.cover.state) == ("Flor", (), "open")
    assert {due.what for due in line.cover.due} == {"card", "keep"}


def test_forms_keep_what_was_typed(client: Client, walled: Walled, filled: Filled) -> None:
    address = reverse("survivors:new-sheet", args=[filled.case_id, "orden"])
    typed = {
        "authority": "Juzgado de paz",
        "kind": "civil",
        "issued_on": "2026-11-10",
        "expires_on": "2026-11-01",
    }
    answer = client.post(address, typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "vence antes de darse" in page
    assert "Juzgado de paz" in page
    assert client.post(address, {**typed, "expires_on": "2027-01-01"}).status_code == 302


def test_two_who_write_the_same_sheet_do_not_overwrite_each_other(
    walled: Walled, filled: Filled
) -> None:
    held = filled.of(Order)
    sheets.rewrite(by=walled.by, case_id=filled.case_id, held=held, body=held.body)
    with pytest.raises(Conflict):
        sheets.rewrite(by=walled.by, case_id=filled.case_id, held=held, body=held.body)
    fresh = card()
    with pytest.raises(Conflict):
        sheets.put(by=walled.by, case_id=filled.case_id, held=None, body=fresh)


# --- Contact --------------------------------------------------------------------------------------


def record(walled: Walled, case_id: object, **given: object) -> None:
    said = {"on": TODAY, "began": "us", "how": "call_work", "reached": "spoke", **given}
    contacts.record(by=walled.by, case_id=case_id, **said)  # type: ignore[arg-type]


def test_nobody_is_searched_for_without_a_card_or_against_it(walled: Walled) -> None:
    case_id = ways.begin(by=walled.by, alias="Flor")
    with pytest.raises(DomainError, match="Falta su tarjeta"):
        record(walled, case_id, rules_read=True)
    sheets.write(by=walled.by, case_id=case_id, body=card(we_may_begin=False))
    with pytest.raises(DomainError, match="Nadie le escribe primero"):
        record(walled, case_id, rules_read=True)
    record(walled, case_id, began="she")


def test_a_contact_is_written_only_after_her_rules_were_read_again(walled: Walled) -> None:
    case_id = ways.begin(by=walled.by, alias="Flor")
    sheets.write(by=walled.by, case_id=case_id, body=card(verified_on=date(2026, 1, 1)))
    with pytest.raises(DomainError, match="confirma que leíste"):
        record(walled, case_id)
    with pytest.raises(DomainError, match="canal sea seguro"):
        record(walled, case_id, how="whatsapp", rules_read=True)
    record(walled, case_id, rules_read=True)
    there = [held.body for held in sheets.all_of(walled.by, case_id)]
    (contact,) = standing.of(there, Contact)
    assert (contact.rules_on, contact.rules_by) == (TODAY, walled.user.login)
    verified = standing.card_of(there)
    assert verified
    assert verified.verified_on == TODAY
    assert cover_of(walled, case_id).last_contact == TODAY.isoformat()


# --- What she decided -----------------------------------------------------------------------------


def decide(walled: Walled, case_id: object, decision: str, purpose: str = "share") -> None:
    decisions.decide(
        by=walled.by,
        case_id=case_id,  # type: ignore[arg-type]
        purpose=purpose,
        decision=decision,
        heard=IT_WAS_READ,
    )


def test_the_ledger_adds_lines_and_changes_none(walled: Walled) -> None:
    case_id = ways.begin(by=walled.by, alias="Flor")
    for decision in ("refused", "given", "given", "withdrawn", "given"):
        decide(walled, case_id, decision)
    lines = standing.of([h.body for h in sheets.all_of(walled.by, case_id)], Consent)
    said = [line.decision for line in sorted(lines, key=lambda one: one.turn)]
    assert said == ["refused", "given", "withdrawn", "given"]
    assert all(len(line.text_sha256) == 64 for line in lines)
    with pytest.raises(DomainError, match="ya lo había aceptado"):
        decide(walled, case_id, "refused")


def test_linking_a_man_asks_what_she_wants_to_be_told(client: Client, walled: Walled) -> None:
    case_id = ways.begin(by=walled.by, alias="Flor")
    address = reverse("survivors:link", args=[case_id])
    typed = {"folio": "7k2m 9qxc", "relation": "ex_partner", "on": "2026-11-20", "heard": "read"}
    assert client.post(address, {**typed, "folio": "7K2M-9QXX"}).status_code == 422
    assert client.post(address, {**typed, "wants": ["start", "end"]}).status_code == 302
    there = [held.body for held in sheets.all_of(walled.by, case_id)]
    assert standing.last_words(there)["told_of_him"].decision == "given"
    assert cover_of(walled, case_id).men == (FOLIO,)
    held = next(h for h in sheets.all_of(walled.by, case_id) if isinstance(h.body, Link))
    address = reverse("survivors:relink", args=[case_id, held.id])
    ended = {**typed, "version": held.version, "ended_on": "2026-11-20"}
    assert client.post(address, ended).status_code == 302
    there = [held.body for held in sheets.all_of(walled.by, case_id)]
    assert standing.last_words(there)["told_of_him"].decision == "withdrawn"
    assert cover_of(walled, case_id).men == ()


def test_several_women_may_be_linked_to_a_man_and_several_men_to_a_woman(walled: Walled) -> None:
    women = [ways.begin(by=walled.by, alias=alias) for alias in ("Flor", "Sol")]
    for case_id in women:
        link = Link(folio=FOLIO, relation="partner", on=TODAY)
        decisions.link(by=walled.by, case_id=case_id, link=link, heard=IT_WAS_READ)
    other = Link(folio="8K2M-9QXQ", relation="co_parent", on=TODAY)
    with pytest.raises(DomainError):
        decisions.link(by=walled.by, case_id=women[0], link=link, heard=IT_WAS_READ)
    decisions.link(by=walled.by, case_id=women[0], link=other, heard=IT_WAS_READ)
    assert len(cover_of(walled, women[0]).men) == 2


# --- Judging --------------------------------------------------------------------------------------


def test_a_judgement_waits_for_a_second_person_and_is_never_a_sum(
    client: Client, walled: Walled
) -> None:
    case_id = ways.begin(by=walled.by, alias="Flor")
    sheets.write(by=walled.by, case_id=case_id, body=risk(walled.by))
    held, _body = sheets.the_one(walled.by, case_id, Risk) or pytest.fail("no judgement")
    assert "risk_second" in {due.what for due in cover_of(walled, case_id).due}
    with pytest.raises(DomainError, match="no puede ser la misma"):
        judging.review(by=walled.by, case_id=case_id, held=held, words="De acuerdo")
    address = reverse("survivors:sheet", args=[case_id, held.id])
    assert "Pídeselo hoy" in client.get(address).content.decode()
    assert client.post(address, {}).status_code == 404
    half = client.post(reverse("survivors:new-sheet", args=[case_id, "riesgo"]), {"level": "low"})
    assert half.status_code == 422
    assert "Si no se preguntó" in half.content.decode()


# --- Offers, closing, forgetting ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outcome", "state", "erased"),
    [
        ("support", "open", None),
        ("no", "closed", date(2027, 1, 1)),
        ("information", "closed", date(2027, 3, 1)),
        ("not_safe", "closed", date(2027, 3, 1)),
    ],
)
def test_an_offer_ends_as_she_says(
    walled: Walled, outcome: str, state: str, erased: date | None
) -> None:
    case_id, held = offered(walled.by)
    cover = cover_of(walled, case_id)
    assert (cover.state, [due.what for due in cover.due]) == ("offer", ["offer"])
    ways.end_offer(by=walled.by, case_id=case_id, held=held, outcome=outcome)
    assert cover_of(walled, case_id).state == state
    assert Case.objects.get(pk=case_id).erase_after == erased


def test_not_reached_needs_an_attempt(client: Client, walled: Walled) -> None:
    case_id, held = offered(walled.by)
    address = reverse("survivors:offer-ended", args=[case_id, held.id])
    answer = client.post(address, {"outcome": "not_reached", "words": "Fui dos veces."})
    assert answer.status_code == 422
    assert "Fui dos veces." in answer.content.decode()
    tried = reverse("survivors:offer-tried", args=[case_id, held.id])
    assert client.post(tried, {"attempt-words": "No estaba."}).status_code == 302
    assert client.post(address, {"outcome": "not_reached"}).status_code == 302
    with pytest.raises(DomainError, match="ya terminó"):
        ways.tried(by=walled.by, case_id=case_id, held=offer_of(walled.by, case_id))


def test_an_offer_is_made_by_somebody_of_this_team(walled: Walled, facilitator: User) -> None:
    with pytest.raises(DomainError, match="no es parte"):
        offered(walled.by, who=facilitator.login)


def test_a_case_closes_opens_again_and_is_forgotten_by_its_month(
    client: Client, walled: Walled, filled: Filled
) -> None:
    address = reverse("survivors:close", args=[filled.case_id])
    assert client.post(address, {"reason": "hers", "keep_months": "3"}).status_code == 302
    assert Case.objects.get(pk=filled.case_id).erase_after == date(2027, 3, 1)
    assert cover_of(walled, filled.case_id).due == ()
    assert client.get(address).status_code == 404
    again = reverse("survivors:reopen", args=[filled.case_id])
    assert client.post(again, {"words": "Volvió"}).status_code == 302
    assert Case.objects.get(pk=filled.case_id).erase_after is None
    ways.close(by=walled.by, case_id=filled.case_id, reason="hers", keep_months=1)
    with clock.at(datetime(2026, 12, 31, 12, tzinfo=UTC)):
        assert forgetting.forget_cases() == 0
    with clock.at(datetime(2027, 1, 1, 12, tzinfo=UTC)):
        assert forgetting.forget_cases() == 1
    assert not Case.objects.filter(pk=filled.case_id).exists()
    assert not Record.objects.filter(case_id=filled.case_id).exists()
    assert log.lines(by=walled.by)[0].kind == "case.forget"
    assert log.first_break(walled.by) is None


# --- Due, search ----------------------------------------------------------------------------------


def test_what_is_due_is_worked_out_from_the_covers(walled: Walled, filled: Filled) -> None:
    (one,) = waiting(covers(by=walled.by), TODAY)
    said = " ".join(due.what for due in one.due)
    for words in ("plan de seguridad", "orden de protección", "canalización", "Algo que pidió"):
        assert words in said
    quiet = waiting(covers(by=walled.by), TODAY + timedelta(days=90))
    assert "Nadie ha hablado" in " ".join(due.what for due in quiet[0].due)


def test_the_cover_is_what_the_sheets_say(walled: Walled, filled: Filled) -> None:
    """A rule that forgot to keep the cover in step would leave the two apart."""
    opened = cases.read(by=walled.by, case_id=filled.case_id)
    bodies = [held.body for held in sheets.in_hand(opened)]
    assert standing.covered(opened.cover, bodies) == opened.cover
    assert opened.cover.groups == (str(filled.group_id),)
    sheets.write(by=walled.by, case_id=filled.case_id, body=Service("shelter", TODAY))
    assert cover_of(walled, filled.case_id) != opened.cover


@pytest.mark.parametrize("typed", ["jacin", "RUIZ", "peña ja", "555555"])
def test_she_is_found_by_what_somebody_would_type(
    client: Client, walled: Walled, filled: Filled, typed: str
) -> None:
    assert [line.cover.alias for line in listing.found(walled.by, typed)] == ["Jacinta"]
    page = client.post(reverse("survivors:home"), {"q": typed}).content.decode()
    assert "Jacinta" in page
    assert "Ruiz" not in page.replace('value="RUIZ"', "")


def test_an_empty_house_says_what_to_do(client: Client) -> None:
    assert "Empezar con alguien" in client.get(reverse("survivors:home")).content.decode()
    assert "Nadie con eso" in client.post(reverse("survivors:home"), {"q": "x"}).content.decode()


# --- Only her own ---------------------------------------------------------------------------------


def test_a_sheet_opens_in_its_own_case_alone(
    client: Client, walled: Walled, filled: Filled
) -> None:
    other = ways.begin(by=walled.by, alias="Flor")
    for held in filled.sheets:
        assert client.get(reverse("survivors:sheet", args=[other, held.id])).status_code == 404
    key = vault.key_of(walled.by, Case.objects.get(pk=filled.case_id))
    record = Record.objects.filter(case=filled.case_id).first()
    assert record
    record.case_id = other
    with pytest.raises(Exception, match="does not belong"):
        vault.open_record(key, walled.by.wall.pk, record)


def test_the_card_of_another_version_is_refused_with_what_was_typed(
    client: Client, walled: Walled, filled: Filled
) -> None:
    address = reverse("survivors:card", args=[filled.case_id])
    held = filled.of(SafeContact)
    typed = {"may_begin": "no", "code_word": "luna", "version": held.version}
    assert client.post(address, typed).status_code == 302
    answer = client.post(address, {**typed, "code_word": "lluvia"})
    assert answer.status_code == 422
    assert "lluvia" in answer.content.decode()
    assert "Otra persona" in answer.content.decode()
