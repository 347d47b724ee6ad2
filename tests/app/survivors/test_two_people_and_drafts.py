"""An export needs two; what was typed is not lost; the log tells when it was touched."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pyrage import passphrase as age
from tests.app.survivors.test_keys_of_the_wall import founded, hidden, member
from tests.people import *  # noqa: F403
from tests.people import signed_in_client
from tests.walls import Walled, begin_case, client_behind

from tequio.access.models import User
from tequio.core import clock, keys
from tequio.survivors import log
from tequio.survivors.actions import cases, drafts
from tequio.survivors.models import Case, Draft, Epoch, ExportRequest, LogEntry
from tequio.ui import apart

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


def both(advocate: User) -> tuple[Walled, Case, Client, Client]:
    walled = founded(advocate)
    case = begin_case(walled.by)
    bea, words = member(advocate.organisation, advocate)
    hers = signed_in_client(bea)
    hers.post(reverse("survivors:unlock"), {"passphrase": words})
    return walled, case, client_behind(walled), hers


def ask(client: Client, case: Case) -> ExportRequest:
    address = reverse("survivors:export-ask", args=[case.pk])
    assert client.post(address, {"reason": "Para su abogada"}).status_code == 302
    return ExportRequest.objects.latest("pk")


def test_one_person_alone_takes_nothing_out(advocate: User) -> None:
    _walled, case, mine, _hers = both(advocate)
    asked = ask(mine, case)
    assert mine.post(reverse("survivors:export-allow", args=[asked.pk])).status_code == 422
    assert mine.post(reverse("survivors:export-words", args=[asked.pk])).status_code == 422
    words = {"words": "abaco abdomen abeja abierto abogado abono aborto"}
    assert mine.post(reverse("survivors:export-take", args=[asked.pk]), words).status_code == 422
    assert ExportRequest.objects.count() == 1


def test_two_people_take_one_case_out_once_and_sealed(advocate: User, tmp_path: Path) -> None:
    walled, case, mine, hers = both(advocate)
    asked = ask(mine, case)
    assert "Para su abogada" in hers.get(reverse("survivors:exports")).content.decode()
    assert hers.post(reverse("survivors:export-allow", args=[asked.pk])).status_code == 302
    # The yes is for who asked.
    assert hers.post(reverse("survivors:export-words", args=[asked.pk])).status_code == 404
    page = mine.post(reverse("survivors:export-words", args=[asked.pk]))
    words = hidden(page)["words"]
    answer = mine.post(reverse("survivors:export-take", args=[asked.pk]), {"words": words})
    assert answer.status_code == 200, answer.content[:300]
    assert b"Jacinta" not in answer.content
    files = zipfile.ZipFile(io.BytesIO(age.decrypt(answer.content, words)))
    said = json.loads(files.read("expediente.json"))
    assert said["cover"]["alias"] == "Jacinta"
    assert files.read("expediente.pdf").startswith(b"%PDF")
    again = mine.post(reverse("survivors:export-take", args=[asked.pk]), {"words": words})
    assert again.status_code == 404
    kinds = [line.kind for line in log.lines(by=walled.by)]
    assert {"export.ask", "export.allow", "export.take"} <= set(kinds)


def test_a_yes_runs_out_after_an_hour(advocate: User) -> None:
    _walled, case, mine, hers = both(advocate)
    asked = ask(mine, case)
    hers.post(reverse("survivors:export-allow", args=[asked.pk]))
    ExportRequest.objects.update(version=3)  # moved to another version it does not open
    with pytest.raises(Exception, match="does not belong"):
        mine.get(reverse("survivors:exports"))
    ExportRequest.objects.update(version=2)
    from tequio.survivors.actions import two_people

    with clock.at(clock.now() + timedelta(minutes=61)):
        assert two_people.pending(by=_walled.by) == []


def test_nothing_of_a_printed_page_reaches_the_disk(
    advocate: User, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made: list[str] = []
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    real = open

    def watched(file: object, mode: str = "r", *rest: object, **named: object) -> object:
        if any(letter in mode for letter in "wax+"):
            made.append(str(file))
        return real(file, mode, *rest, **named)  # type: ignore[call-overload]

    monkeypatch.setattr("builtins.open", watched)
    monkeypatch.setattr(Path, "open", lambda self, mode="r", *a, **k: watched(self, mode, *a, **k))
    client = signed_in_client(advocate)
    shown = hidden(client.post(reverse("survivors:found")))
    for name in ("print-paper", "print-code"):
        answer = client.post(reverse(f"survivors:{name}"), shown)
        assert answer.content.startswith(b"%PDF"), answer.content[:200]
    assert made == []
    assert list(tmp_path.rglob("*")) == []
    # It can fail: the way that lays a document out in a folder is seen.
    from tequio.ui.printing import pdf

    kept: list[list[str]] = []
    monkeypatch.setitem(
        apart._WORKS,
        "print",
        lambda root, **_k: kept.append([p.name for p in Path(root).iterdir()]) or b"",
    )
    pdf("tequio.survivors:typst/code.typ", {"title": "x", "organisation": "y"})
    assert "data.json" in kept[0]
    assert made


def test_other_words_than_the_papers_are_not_printed(advocate: User) -> None:
    client = signed_in_client(advocate)
    shown = hidden(client.post(reverse("survivors:found")))
    swapped = {**shown, "shown_paper": shown["shown_paper"].replace(" ", " x ", 1)}
    assert client.post(reverse("survivors:print-paper"), swapped).status_code == 404


# --- Nothing typed is lost ------------------------------------------------------------------------


def test_what_arrives_at_a_shut_wall_is_sealed_and_offered_after_opening(advocate: User) -> None:
    walled = founded(advocate)
    with clock.at(NOON):
        client = client_behind(walled)
    with clock.at(NOON + timedelta(minutes=11)):
        sent = {"alias": "Nombre que nadie debe ver", "csrfmiddlewaretoken": "x"}
        assert client.post(reverse("survivors:begin"), sent).status_code == 302
        assert not Case.objects.exists()
        assert b"Nombre" not in bytes(Draft.objects.get().sealed)
        page = client.get(reverse("survivors:unlock")).content.decode()
        assert "sellado" in page
        opened = {"passphrase": walled.founded.passphrase}
        answer = client.post(reverse("survivors:unlock"), opened)
        assert answer.url == reverse("survivors:drafts")
        page = client.get(answer.url).content.decode()
        assert "Nombre que nadie debe ver" in page
        assert "csrfmiddlewaretoken</dt>" not in page
        client.post(reverse("survivors:drop-draft", args=[Draft.objects.get().pk]))
        assert not Draft.objects.exists()


def test_a_page_that_goes_blank_leaves_what_was_typed(advocate: User) -> None:
    walled = founded(advocate)
    client = signed_in_client(advocate)
    typed = {"draft_of": reverse("survivors:begin"), "alias": "Jacinta", "passphrase": "secreta"}
    typed |= {"shown_passphrase": "siete palabras", "shown_paper": "veinticuatro", "word_5": "faro"}
    assert client.post(reverse("survivors:keep-draft"), typed).status_code == 204
    (kept,) = drafts.kept(by=walled.by)
    assert kept.fields == (("alias", "Jacinta"),)
    client.post(reverse("survivors:keep-draft"), {**typed, "draft_of": "/otra/"})
    assert Draft.objects.count() == 1


def test_drafts_go_after_a_week_and_words_and_searches_never_stay(advocate: User) -> None:
    walled = founded(advocate)
    with clock.at(NOON):
        client = signed_in_client(advocate)
        client.post(reverse("survivors:home"), {"q": "jacinta"})
        assert not Draft.objects.exists()
        client.post(reverse("survivors:begin"), {"alias": "Jacinta"})
    with clock.at(NOON + timedelta(days=7, minutes=1)):
        client_behind(walled)
    assert not Draft.objects.exists()


# --- The log --------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["changed", "removed", "reordered"])
def test_a_log_that_was_touched_says_so_loudly(advocate: User, how: str) -> None:
    walled = founded(advocate)
    begin_case(walled.by)
    client = client_behind(walled)
    assert "ALTERADA" not in client.get(reverse("survivors:log")).content.decode()
    second = LogEntry.objects.get(position=2)
    if how == "changed":
        LogEntry.objects.filter(pk=second.pk).update(sealed=LogEntry.objects.get(position=1).sealed)
    elif how == "removed":
        second.delete()
    else:
        LogEntry.objects.filter(position=3).update(position=99)
        LogEntry.objects.filter(position=2).update(position=3)
        LogEntry.objects.filter(position=99).update(position=2)
    assert "ALTERADA" in client.get(reverse("survivors:log")).content.decode()


def _writes_to_the_database(walled: Walled, how: str) -> None:
    """What a thief of the database may do to hide the last things that were done."""
    LogEntry.objects.filter(position__gt=LogEntry.objects.count() - 2).delete()
    if how == "and forged two":
        sealed = keys.seal_to(walled.by.pair_of(walled.by.current).public, b"{}".ljust(512))
        for _n in range(2):
            last = LogEntry.objects.order_by("position").last()
            assert last is not None
            LogEntry.objects.create(
                wall=walled.by.wall,
                epoch_id=walled.by.current,
                position=last.position + 1,
                sealed=sealed,
                chain=log.chained(last.chain, sealed),
            )
    elif how == "and forged the mark":
        Epoch.objects.update(log_mark=b"\x01" * 300)


@pytest.mark.parametrize("how", ["the end cut", "and forged two", "and forged the mark"])
def test_lines_cut_off_the_end_of_the_log_are_noticed_at_the_next_opening(
    advocate: User, how: str
) -> None:
    walled = founded(advocate)
    begin_case(walled.by)
    begin_case(walled.by, alias="Rosa")
    assert log.first_break(walled.by) is None
    _writes_to_the_database(walled, how)
    assert log.first_break(walled.by)

    client = signed_in_client(advocate)
    words = {"passphrase": walled.founded.passphrase}
    answer = client.post(reverse("survivors:unlock"), words)
    assert answer.url == reverse("survivors:log")
    page = client.get(answer.url).content.decode()
    assert "ALTERADA" in page
    assert "FALTAN LÍNEAS" in page
    # It stays broken for good, however much is written after it.
    begin_case(walled.by, alias="Luz")
    assert log.first_break(walled.by)
    assert client.post(reverse("survivors:unlock"), words).url == reverse("survivors:log")


def test_a_mark_that_was_taken_away_is_as_a_cut_and_the_log_stays_broken(
    advocate: User,
) -> None:
    # Who wants to cut the log, or to have other keys believed, takes the mark away first.
    walled = founded(advocate)
    Epoch.objects.update(log_mark=None)
    assert log.first_break(walled.by)
    begin_case(walled.by)
    begin_case(walled.by, alias="Rosa")
    kinds = [line.kind for line in log.lines(by=walled.by)]
    assert kinds == ["case.begin", "case.begin", "log.cut", "wall.found"]
    assert log.first_break(walled.by)


# --- Where there is no wall -----------------------------------------------------------------------


def test_over_plain_http_from_elsewhere_members_are_told_why(
    advocate: User, facilitator: User
) -> None:
    walled = founded(advocate)
    client = client_behind(walled)
    home = reverse("survivors:home")
    for elsewhere in (
        {"REMOTE_ADDR": "192.168.1.20"},
        {"HTTP_X_FORWARDED_FOR": "192.168.1.20"},
    ):
        page = client.get(home, **elsewhere)
        assert page.status_code == 403
        assert "no hay muro" in page.content.decode()
        assert client.post(reverse("survivors:unlock"), {}, **elsewhere).status_code == 403
        stranger = signed_in_client(facilitator)
        assert stranger.get(home, **elsewhere).status_code == 404
    assert client.get(home, REMOTE_ADDR="192.168.1.20", secure=True).status_code == 200


def test_typing_keeps_it_open_and_asking_does_not(advocate: User) -> None:
    walled = founded(advocate)
    state = reverse("survivors:state")
    with clock.at(NOON):
        client = client_behind(walled)
    with clock.at(NOON + timedelta(minutes=9)):
        assert int(client.get(state, headers={"HX-Request": "true"}).content) == 60
        assert int(client.post(state, headers={"HX-Request": "true"}).content) == 600


def test_locking_closes_every_tab_and_browser(advocate: User) -> None:
    walled = founded(advocate)
    one, other = client_behind(walled), client_behind(walled)
    assert cases.read(by=walled.by, case_id=begin_case(walled.by).pk)
    one.post(reverse("survivors:lock"))
    for client in (one, other):
        assert client.get(reverse("survivors:state")).status_code == 404
        assert client.get(reverse("survivors:home")).status_code == 302
