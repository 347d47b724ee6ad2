"""What a telephone with ODK Collect asks of the server, over a socket, and what it is answered."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from tests import telephones
from tests.flushing import flush_past_the_triggers  # noqa: F401
from tests.letters import open_slot
from tests.telephones import Telephone, answers, envelope, on_offer, send_over_a_bad_line, survey
from tests.two_worlds import seen

from tequio.access.models import User
from tequio.audit.models import Event
from tequio.instruments import own_answers, stores
from tequio.instruments.actions import devices, receiving
from tequio.instruments.models import Attachment, Device, Receipt, Submission
from tequio.instruments.openrosa import envelope as envelopes
from tequio.instruments.stores import Filled
from tequio.letters.answers import unpacked
from tequio.letters.models import Answers

pytestmark = pytest.mark.django_db(transaction=True)
JPEG = b"\xff\xd8\xff\xe0" + b"x" * 2000


@pytest.fixture(autouse=True)
def own_media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def token(coordinator: User) -> str:
    return devices.add(by=coordinator, label="Teléfono azul").token


@pytest.fixture(params=["v1/key/{}/projects/1", "collector/{}"], ids=["central", "kobo"])
def telephone(request: pytest.FixtureRequest, live_server: Any, token: str) -> Telephone:
    return Telephone(f"{live_server.url}/{request.param.format(token)}")


@pytest.fixture
def form() -> Iterator[bytes]:
    xml = survey(photo=True)
    with telephones.offers(on_offer(xml)):
        yield xml


def kept() -> list[bytes]:
    return [own_answers.opened(row).xml for row in Submission.objects.order_by("received_at")]


# --- What is asked in its order ---------------------------------------------------------------


def test_a_telephone_finds_the_form_fetches_it_and_sends_answers(
    telephone: Telephone, form: bytes
) -> None:
    listed = telephone.forms()["barrio"]
    assert (listed["name"], listed["version"]) == ("Encuesta del barrio", "1")
    assert listed["hash"].startswith("md5:")
    assert "manifestUrl" not in listed
    assert telephone.ask("GET", listed["downloadUrl"]).body == form
    number, xml = answers()
    heard = telephone.send(xml)
    assert (heard.status, heard.message) == (201, "Guardado. Gracias.")
    assert kept() == [xml]
    assert own_answers.opened(Submission.objects.get()).instance_id == number


def test_a_form_whose_name_holds_a_slash_is_found_like_any_other(telephone: Telephone) -> None:
    xml = survey("barrio/2026 norte")
    with telephones.offers(on_offer(xml), on_offer(survey())):
        listed = telephone.forms()
        assert set(listed) == {"barrio", "barrio/2026 norte"}
        assert telephone.ask("GET", listed["barrio/2026 norte"]["downloadUrl"]).body == xml


def test_every_answer_has_the_headers_of_the_protocol(telephone: Telephone, form: bytes) -> None:
    for method, path, status in (
        ("GET", "/formList", 200), ("HEAD", "/submission", 204), ("GET", "/submission", 405),
    ):  # fmt: skip
        heard = telephone.ask(method, path)
        assert heard.status == status
        assert heard.headers["x-openrosa-version"] == "1.0"
        assert int(heard.headers["x-openrosa-accept-content-length"]) == envelopes.LARGEST
        assert heard.headers["date"].endswith("GMT")
        assert "www-authenticate" not in heard.headers


def test_files_beside_a_form_are_listed_and_given(telephone: Telephone) -> None:
    picture = telephones.offered.File("mapa.png", "image/png", b"\x89PNG\r\n\x1a\n")
    with telephones.offers(on_offer(survey(), files=(picture,))):
        there = telephone.forms()["barrio"]["manifestUrl"]
        heard = telephone.ask("GET", there)
        assert b"<filename>mapa.png</filename><hash>md5:" in heard.body
        address = heard.body.partition(b"<downloadUrl>")[2].partition(b"<")[0].decode()
        assert telephone.ask("GET", address).body == picture.data


# --- Exactly once -----------------------------------------------------------------------------


def test_the_same_again_is_taken_for_what_it_is(telephone: Telephone, form: bytes) -> None:
    _number, xml = answers()
    assert [telephone.send(xml).status for _again in range(3)] == [201, 201, 201]
    assert kept() == [xml]
    assert Event.objects.filter(kind="submission.receive").count() == 1


def test_the_same_number_with_other_content_is_refused_and_kept(
    telephone: Telephone, form: bytes
) -> None:
    number, xml = answers()
    _same, other = answers(number=number, first="8")
    assert telephone.send(xml).status == 201
    heard = telephone.send(other)
    assert heard.status == 409
    assert "Se guardaron los dos" in heard.message
    assert telephone.send(other).status == 409
    assert telephone.send(xml).status == 201
    assert kept() == [xml, other]
    assert sorted(Submission.objects.values_list("how", flat=True)) == ["conflict", "kept"]
    assert Event.objects.filter(kind="submission.conflict").count() == 1


def test_a_correction_takes_the_place_of_the_first_and_does_so_once(
    telephone: Telephone, form: bytes
) -> None:
    number, xml = answers()
    _second, corrected = answers(before=number, first="8")
    _third, again = answers(before=number, first="9")
    assert [telephone.send(one).status for one in (xml, corrected, again)] == [201, 201, 409]
    assert telephone.send(corrected).status == 201
    hows = Submission.objects.order_by("received_at").values_list("how", flat=True)
    assert list(hows) == ["replaced", "kept", "conflict"]


def test_a_correction_that_overtakes_the_first_still_stands(
    telephone: Telephone, form: bytes
) -> None:
    number, xml = answers()
    _second, corrected = answers(before=number, first="8")
    assert [telephone.send(one).status for one in (corrected, xml, xml)] == [201, 201, 201]
    hows = Submission.objects.order_by("received_at").values_list("how", flat=True)
    assert list(hows) == ["kept", "replaced"]


def test_over_a_line_that_breaks_each_arrives_once_and_whole(
    live_server: Any, token: str, form: bytes
) -> None:
    telephone = Telephone(f"{live_server.url}/v1/key/{token}/projects/1")
    luck, tries = random.Random(7), 0
    sent = [answers(first=str(n)) for n in range(40)]
    for _number, xml in sent:
        while True:
            tries += 1
            try:
                status = send_over_a_bad_line(telephone, xml, luck).status
            except telephones.Lost:
                continue
            assert status == 201
            if luck.random() < 0.7:  # and three in ten are sent again although all went well
                break
    assert tries > 60
    assert sorted(kept()) == sorted(xml for _number, xml in sent)


def test_a_server_that_forgets_its_receipts_is_found(
    telephone: Telephone, form: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The proof above can fail: without receipts the same answers would be kept twice."""
    _number, xml = answers()
    assert telephone.send(xml).status == 201
    Receipt.objects.all().delete()
    Submission.objects.all().update(number="x")
    assert telephone.send(xml).status == 201
    assert len(kept()) == 2


def test_nothing_is_acknowledged_that_was_not_kept(
    telephone: Telephone, form: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_args: object, **_more: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr(receiving, "record", breaks)
    _number, xml = answers()
    client = Client(raise_request_exception=False)
    kind, body = envelope(xml)
    path = telephone.server.split("/", 3)[3]
    assert client.generic("POST", f"/{path}/submission", body, content_type=kind).status_code == 500
    assert (kept(), Receipt.objects.count()) == ([], 0)
    monkeypatch.undo()


# --- What is refused, with a sentence ---------------------------------------------------------


def test_what_cannot_be_kept_is_refused_with_a_sentence(telephone: Telephone, form: bytes) -> None:
    _number, xml = answers()
    bomb = b'<!DOCTYPE d [<!ENTITY a "aaaa">]><data id="barrio" version="1">&a;</data>'
    cases = [
        (answers("otro")[1], 404, "Aquí no hay un formulario «otro»."),
        (answers(version="2")[1], 404, "no hay una versión «2»"),
        (answers(more="<dinero>5</dinero>")[1], 400, "no pregunta: dinero"),
        (xml.replace(b"orx:instanceID", b"orx:nothing"), 400, "sin su número"),
        (xml.replace(b"<data ", b'<data encrypted="yes" '), 400, "cifrado"),
        (xml[:-9], 400, "no se puede leer"),
        (bomb, 400, "no se puede leer"),
    ]
    for sent, status, words in cases:
        heard = telephone.send(sent)
        assert heard.status == status, words
        assert words in heard.message
    assert kept() == []


def test_half_an_envelope_and_an_envelope_without_answers_are_refused(
    telephone: Telephone, form: bytes
) -> None:
    _number, xml = answers()
    kind, body = envelope(xml)
    for sent, heads in (
        (body[:-10], kind), (body, "text/xml"), (body.replace(b"xml_submission_file", b"x"), kind),
    ):  # fmt: skip
        assert telephone.ask("POST", "/submission", sent, {"Content-Type": heads}).status == 400
    assert kept() == []


def test_too_much_at_once_is_refused_and_the_limit_was_told(
    telephone: Telephone, form: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tequio.instruments.openrosa.bodies.LARGEST", 2500)
    _number, xml = answers()
    assert telephone.send(xml).status == 201
    heard = telephone.send(answers()[1], {"a.jpg": ("image/jpeg", JPEG)})
    assert (heard.status, "de una en una" in heard.message) == (413, True)


# --- Files ------------------------------------------------------------------------------------


def with_photo(name: str = "1.jpg") -> bytes:
    return answers(more=f"<foto>{name}</foto>")[1]


def test_photos_may_come_later_and_lie_sealed(
    telephone: Telephone, form: bytes, settings: Any
) -> None:
    xml = with_photo()
    assert telephone.send(xml).status == 201
    for _again in range(2):
        assert telephone.send(xml, {"1.jpg": ("image/jpeg", JPEG)}).status == 201
    row = Submission.objects.get()
    (attachment,) = Attachment.objects.all()
    assert own_answers.file_of(row, attachment).data == JPEG
    (path,) = settings.MEDIA_ROOT.rglob("*.sealed")
    assert JPEG[:40] not in path.read_bytes()
    assert b"1.jpg" not in path.read_bytes()


def test_a_file_that_is_not_what_it_says_or_that_nobody_named_is_refused(
    telephone: Telephone, form: bytes
) -> None:
    program = b"MZ\x90\x00" + b"\0" * 50
    assert telephone.send(with_photo(), {"1.jpg": ("image/jpeg", program)}).status == 400
    assert telephone.send(with_photo(), {"2.jpg": ("image/jpeg", JPEG)}).status == 400
    assert telephone.send(with_photo("../1"), {"../1": ("image/jpeg", JPEG)}).status == 400
    assert kept() == []


# --- Rights -----------------------------------------------------------------------------------


def test_a_right_that_is_taken_away_ends_at_once(
    telephone: Telephone, form: bytes, coordinator: User
) -> None:
    devices.revoke(by=coordinator, device_id=Device.objects.get().pk)
    _number, xml = answers()
    kind, body = envelope(xml)
    heard = telephone.ask("POST", "/submission", body, {"Content-Type": kind})
    assert heard.status == telephone.ask("GET", "/formList").status == 404
    assert kept() == []


def test_a_stranger_gets_the_same_as_for_any_address_that_is_not(
    live_server: Any, form: bytes
) -> None:
    asks = Telephone(live_server.url)
    nothing = asks.ask("GET", "/no/hay/nada").body
    for token in ("x", "A" * 43):
        for path in (
            f"/v1/key/{token}/projects/1/formList",
            f"/v1/key/{token}/projects/1/forms/barrio.xml",
            f"/collector/{token}/formList",
            f"/collector/{token}/xformsManifest/barrio",
        ):
            heard = asks.ask("GET", path)
            assert (heard.status, heard.body) == (404, nothing)
            assert "x-openrosa-version" not in heard.headers


def test_another_project_is_none(live_server: Any, token: str, form: bytes) -> None:
    assert Telephone(f"{live_server.url}/v1/key/{token}/projects/2").ask(
        "GET", "/formList"
    ).status == 404  # fmt: skip


def test_what_is_kept_lies_sealed(telephone: Telephone, form: bytes) -> None:
    number, xml = answers(first="4242424242")
    telephone.send(xml)
    row = Submission.objects.values().get()
    receipt = Receipt.objects.values().get()
    for value in (*row.values(), *receipt.values()):
        assert "4242424242" not in str(value)
        assert number.removeprefix("uuid:") not in str(value)


# --- Whose answers they are -------------------------------------------------------------------


def test_answers_to_a_form_of_the_wall_are_sealed_and_leave_nothing_outside(
    telephone: Telephone, coordinator: User
) -> None:
    mailbox = open_slot(coordinator.organisation)
    events = Event.objects.count()
    number, xml = answers(more="<foto>1.jpg</foto>")
    with telephones.offers(on_offer(survey(photo=True), walled=True)):
        for _again in range(2):
            assert telephone.send(xml, {"1.jpg": ("image/jpeg", JPEG)}).status == 201
    opened = [unpacked(mailbox.pair.open(row.sealed)) for row in Answers.objects.all()]
    says, data = next(one for one in opened if one[0]["what"] == "submission")
    assert (says["form"], says["number"], data) == ("barrio", number, xml)
    assert {one[1] for one in opened if one[0]["what"] == "file"} == {JPEG}
    assert {len(bytes(row.sealed)) % 16384 for row in Answers.objects.all()} == {48}
    assert (Submission.objects.count(), Event.objects.count()) == (0, events)
    assert Device.objects.get().seen_on is None


def test_what_a_telephone_sends_to_the_wall_leaves_no_line_in_the_log(coordinator: User) -> None:
    open_slot(coordinator.organisation)
    place = f"/collector/{devices.add(by=coordinator, label='Teléfono azul').token}/submission"

    def lines_of(*, walled: bool) -> list[object]:
        number, xml = answers()
        kind, body = envelope(xml)
        with telephones.offers(on_offer(survey(), walled=walled)), seen.log_lines() as lines:
            for _again in range(2):
                assert Client().head(place).status_code == 204
                sent = Client().post(place, body, content_type=kind)
                assert sent.status_code == 201, number
        return lines

    assert lines_of(walled=True) == []
    # Control: any other form is a line for each time that it was sent.
    assert len(lines_of(walled=False)) == 2


def test_without_a_wall_nothing_of_hers_is_kept(telephone: Telephone, form: bytes) -> None:
    with telephones.offers(on_offer(survey(), walled=True)):
        heard = telephone.send(answers()[1])
    assert heard.status == 403
    assert "No lo borres del teléfono" in heard.message
    assert (Answers.objects.count(), Receipt.objects.count(), kept()) == (0, 0, [])


class Owner:
    """A room above, which keeps its own answers."""

    reporters = frozenset({"his"})

    def __init__(self) -> None:
        self.took: list[Filled] = []

    def sitting(self, by: object, sitting_id: object) -> Any:
        pytest.fail("A telephone opens no sitting.")

    def take(self, organisation_id: object, filled: Filled) -> bool:
        self.took.append(filled)
        return True


def test_answers_of_an_owner_go_to_the_owner_and_a_contradiction_waits_for_a_person(
    telephone: Telephone,
) -> None:
    owner = Owner()
    number, xml = answers()
    other = answers(number=number, first="8")[1]
    with stores.only(his=owner), telephones.offers(on_offer(survey(), store="his")):
        assert [telephone.send(one).status for one in (xml, xml, other)] == [201, 201, 409]
    (filled,) = owner.took
    assert filled.answers["p1"] == "7"
    assert str(filled.instance_id) == number.removeprefix("uuid:")
    assert kept() == [other]
