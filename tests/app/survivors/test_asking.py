"""What she answers: begun only with her yes, kept sealed step by step, read by a person in time."""

from __future__ import annotations

import ast
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from tests.her_answers import *  # noqa: F403
from tests.her_answers import BEHAVIOUR, NOON, SPACE, TODAY, said
from tests.people import *  # noqa: F403
from tests.people import signed_in_client
from tests.walls import Walled, begin_case, client_behind

import tequio.survivors
from tequio.access.models import User
from tequio.core import clock
from tequio.core.codes import code_of
from tequio.core.errors import DomainError
from tequio.instruments import definitions
from tequio.instruments.definitions import PREFERS_NOT
from tequio.letters.kinds import CLOCKS, Kind
from tequio.survivors import log
from tequio.survivors.actions import asking, letters, sheets
from tequio.survivors.models import Draft, HeldLetter, Record
from tequio.survivors.rules.covers import Due
from tequio.survivors.rules.sheets import Assessment, Channel, Duty, SafeContact

pytestmark = pytest.mark.django_db


def _due(walled: Walled, case: UUID) -> list[tuple[str, str]]:
    answer = client_behind(walled).get(reverse("survivors:home"))
    found = [one for one in answer.context["waiting"] if one.id == case]
    return [(due.what, str(due.on)) for one in found for due in one.due if "preguntas" in due.what]


def _sheets(walled: Walled, case: UUID) -> list[Assessment]:
    bodies = [held.body for held in sheets.all_of(walled.by, case)]
    return [body for body in bodies if isinstance(body, Assessment)]


def _walk(client: Client, case: UUID, slug: str, answers: list[str], **sent: str) -> str:
    """Begin on the page and answer screen by screen; return the address of the questionnaire."""
    begun = client.post(
        reverse("survivors:begin-asking", args=[case]), {"instrument": slug, **sent}
    )
    assert begun.status_code == 302, begun.content.decode()[:500]
    for value in answers:
        screen = client.get(begun.url).context["screen"]
        client.post(begun.url, {"screen": screen.key, "do": "next", "q0": value})
    return str(begun.url)


def _logged(walled: Walled) -> list[str]:
    return [line.kind for line in log.lines(by=walled.by)]


# --- With her -------------------------------------------------------------------------------------


def test_nobody_is_asked_before_she_says_yes(walled: Walled) -> None:
    other = begin_case(walled.by, alias="Rosa", folio="9T3W-B0XM").pk
    client = client_behind(walled)
    sent = {"instrument": SPACE, "wave": "T0"}
    answer = client.post(reverse("survivors:begin-asking", args=[other]), sent)
    assert answer.status_code == 422
    assert "no ha dicho que sí" in answer.content.decode()
    assert _sheets(walled, other) == []


def test_she_answers_what_she_wants_and_each_gap_has_its_reason(walled: Walled, case: UUID) -> None:
    client = client_behind(walled)
    given = ["1", "2", PREFERS_NOT, "", "4", "3", "3", "3", "2"]
    address = _walk(client, case, SPACE, given, wave="T0")
    assert client.get(address).context["screen"] is None
    answer = client.post(address, {"screen": "#end", "do": "finish"})
    assert answer.status_code == 302
    (sheet,) = _sheets(walled, case)
    assert (sheet.wave, sheet.how, sheet.by) == ("T0", "worker", walled.user.login)
    assert (sheet.answers["opinar"], sheet.answers["dinero"]) == ("1", PREFERS_NOT)
    assert sheet.missing == {"dinero": "prefers_not", "cuerpo": "left_open"}
    assert sheet.draft == {}
    page = client.get(answer.url).content.decode()
    assert "Prefiere no decir" in page
    assert "Sin contestar" in page
    kinds = _logged(walled)
    assert (kinds.count("asking.begin"), kinds.count("asking.finish")) == (1, 1)


def test_what_she_is_asked_in_the_evening_is_of_that_day(walled: Walled, case: UUID) -> None:
    # Seven in the evening of the fourteenth in Mexico City: in UTC it is the fifteenth already.
    with clock.at(datetime(2026, 12, 15, 1, 0, tzinfo=UTC)):
        client = client_behind(walled)
        begun = _walk(client, case, SPACE, [])
        (unfinished,) = _sheets(walled, case)
        for _n in range(9):
            screen = client.get(begun).context["screen"]
            client.post(begun, {"screen": screen.key, "do": "next", "q0": "3"})
        client.post(begun, {"screen": "#end", "do": "finish"})
    (sheet,) = _sheets(walled, case)
    assert (unfinished.on, sheet.on, sheet.done) == (date(2026, 12, 14), date(2026, 12, 14), True)


def test_a_line_is_written_when_it_begins_and_ends_and_not_at_each_question(
    walled: Walled, case: UUID
) -> None:
    client = client_behind(walled)
    client.get(reverse("survivors:case", args=[case]))
    before = len(_logged(walled))
    _walk(client, case, SPACE, ["1", "2", "3", "4"])
    assert len(_logged(walled)) == before + 2  # begun, and its sheet written


def test_what_she_had_answered_is_there_when_the_wall_opens_again(
    walled: Walled, case: UUID
) -> None:
    client = client_behind(walled)
    address = _walk(client, case, SPACE, ["1", "2", "3"])
    screen = client.get(address).context["screen"].key
    client.post(reverse("survivors:lock"))
    assert client.post(address, {"screen": screen, "do": "next", "q0": "4"}).status_code == 302
    assert Draft.objects.count() == 1  # also what was sent to the shut wall
    again = client_behind(walled)
    assert again.get(address).context["steps"].number == 4
    assert _sheets(walled, case)[0].draft["answers"]["ver_gente"] == "2"


def test_all_questions_fit_on_one_page(walled: Walled, case: UUID) -> None:
    client = client_behind(walled)
    begun = client.post(
        reverse("survivors:begin-asking", args=[case]), {"instrument": SPACE, "whole": "1"}
    )
    fields = client.get(begun.url).context["fields"]
    assert len(fields) == 9
    sent = {field.name: "3" for field in fields}
    client.post(begun.url, {"screen": "#all", "do": "next", **sent})
    client.post(begun.url, {"screen": "#end", "do": "finish"})
    (sheet,) = _sheets(walled, case)
    assert set(sheet.answers.values()) == {"3"}
    assert len(sheet.answers) == 9


def test_two_tabs_do_not_overwrite_each_other(walled: Walled, case: UUID) -> None:
    made = asking.begin(by=walled.by, case_id=case, slug=SPACE)
    first = asking.under_way(by=walled.by, case_id=case, sheet_id=made)
    second = asking.under_way(by=walled.by, case_id=case, sheet_id=made)
    asking.keep(by=walled.by, case_id=case, held=first, draft={"answers": {"opinar": "1"}})
    with pytest.raises(DomainError, match="mientras tanto"):
        asking.keep(by=walled.by, case_id=case, held=second, draft={})


def test_a_red_flag_becomes_a_duty_with_the_clock_that_was_promised(
    walled: Walled, case: UUID
) -> None:
    client = client_behind(walled)
    whole = definitions.newest(BEHAVIOUR).instrument
    given = ["few" if item.id == "cuello" else "never" for item in whole.questions]
    address = _walk(client, case, BEHAVIOUR, given, wave="T0")
    page = client.post(address, {"screen": "#end", "do": "finish"}).content.decode()
    assert "le apretaron el cuello" in page
    (waits,) = letters.received(walled.by).answers
    assert (waits.case_id, waits.letter.kind) == (case, "answers_urgent")
    assert waits.due_at == NOON + CLOCKS[Kind.ANSWERS_URGENT].within
    shown = client.get(reverse("survivors:letter", args=[waits.id])).content.decode()
    assert "le apretaron el cuello" in shown
    sent = {"version": waits.version, "outcome": "spoke", "said": "Hablamos hoy"}
    client.post(reverse("survivors:letter-done", args=[waits.id]), sent)
    assert not HeldLetter.objects.exists()
    assert isinstance(sheets.all_of(walled.by, case)[-1].body, Duty | Assessment)
    assert "letter.done" in _logged(walled)


def test_she_may_have_one_erased_alone(walled: Walled, case: UUID) -> None:
    made = asking.begin(by=walled.by, case_id=case, slug=SPACE)
    client = client_behind(walled)
    client.post(reverse("survivors:erase-answers", args=[case, made]))
    assert _sheets(walled, case) == []
    assert "asking.erase" in _logged(walled)


def test_what_men_or_neighbours_are_asked_is_not_asked_her(walled: Walled, case: UUID) -> None:
    slugs = {one.instrument.slug for one in asking.for_women()}
    assert {BEHAVIOUR, SPACE, "impacto-ella", "impacto-hijas", "control-ella"} <= slugs
    assert not slugs & {"conductas-el", "epv-r", "evis", "servicios-colonia", "organizaciones"}


# --- When -----------------------------------------------------------------------------------------


def test_her_moments_hang_on_her_own_yes(walled: Walled, case: UUID) -> None:
    assert _due(walled, case) == [("Le tocan preguntas, si ella quiere: al principio", str(TODAY))]
    with clock.at(NOON + timedelta(days=14)):
        assert _due(walled, case) == []
    with clock.at(NOON + timedelta(days=28)):
        assert [what for what, _on in _due(walled, case)] == [
            "Le tocan preguntas, si ella quiere: un mes después"
        ]


def test_whoever_takes_her_yes_back_is_asked_no_more(walled: Walled, case: UUID) -> None:
    said(walled, case, "withdrawn")
    assert _due(walled, case) == []
    with pytest.raises(DomainError, match="no ha dicho que sí"):
        asking.begin(by=walled.by, case_id=case, slug=SPACE, wave="T0")


def test_an_attempt_goes_only_by_a_way_that_she_approved(walled: Walled, case: UUID) -> None:
    card = SafeContact(we_may_begin=True, channels=(Channel("call_work", "55 5555 0101"),))
    sheets.write(by=walled.by, case_id=case, body=card)
    client = client_behind(walled)
    address = reverse("survivors:attempt", args=[case, "T0"])
    sent = {"began": "us", "rules_read": "on", "on": str(TODAY), "reached": "spoke", "asked": "no"}
    refused = client.post(address, {**sent, "how": "whatsapp"})
    assert refused.status_code == 422
    assert "no ha dicho que ese canal sea seguro" in refused.content.decode()
    assert client.post(address, {**sent, "how": "call_work"}).status_code == 302
    # She said no this once: nobody insists, and the next moment comes all the same.
    assert _due(walled, case) == []
    with clock.at(NOON + timedelta(days=28)):
        assert len(_due(walled, case)) == 1


def test_a_moment_that_is_open_blocks_no_help(walled: Walled, case: UUID) -> None:
    client = client_behind(walled)
    sent = {"need": "legal", "asked_on": str(TODAY)}
    address = reverse("survivors:new-sheet", args=[case, "necesidad"])
    assert client.post(address, sent).status_code == 302


def test_what_is_due_lies_sealed_and_says_until_when(walled: Walled, case: UUID) -> None:
    from tequio.survivors.queries.covers import covers

    (line,) = covers(by=walled.by)
    waves = [due for due in line.cover.due if due.what == "wave"]
    assert waves[0] == Due("2026-11-20", "wave", "2026-12-03", "T0")
    assert b"wave" not in b"".join(bytes(row.sealed) for row in Record.objects.all())


# --- What never leaves ----------------------------------------------------------------------------


def test_no_page_outside_gives_out_what_she_answers(
    walled: Walled, coordinator: User, evaluator: User, director: User
) -> None:
    hers = [one.instrument.slug for one in definitions.shipped().values() if
            one.instrument.reporter == "hers"]  # fmt: skip
    for user in (coordinator, evaluator, director):
        client = signed_in_client(user)
        for slug in hers:
            sent = {"instrument": slug, "layout": "larga"}
            answer = client.post(reverse("people:export"), sent)
            assert answer.status_code in (403, 404, 422), (user.login, slug)


def test_behind_the_wall_nothing_can_write_rows() -> None:
    """Hers leave as one case for two people, and later as a release: never as a table."""
    room = Path(tequio.survivors.__file__).parent
    found = []
    for path in room.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or "", *(f"{node.module}.{one.name}" for one in node.names)]
            elif isinstance(node, ast.Import):
                names = [one.name for one in node.names]
            found += [
                f"{path.name}: {name}"
                for name in names
                if name.split(".")[0] in {"csv", "openpyxl", "xlsxwriter", "polars", "pandas"}
                or name.startswith(("tequio.instruments.exports", "tequio.core.tabular"))
            ]
    assert found == []


# --- On paper -------------------------------------------------------------------------------------


def test_a_moment_is_printed_in_memory_and_typed_in_behind_the_wall(
    walled: Walled, case: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid_out: list[dict[str, object]] = []

    def in_memory(_template: str, data: dict[str, object]) -> bytes:
        laid_out.append(data)
        return b"%PDF-"

    monkeypatch.setattr("tequio.ui.printing.pdf_in_memory", in_memory)
    monkeypatch.setattr("tequio.ui.printing.pdf", None)  # nothing of hers touches the disk
    client, sent = client_behind(walled), {"wave": "T0"}
    printed = client.post(reverse("survivors:print-asking", args=[case]), sent)
    assert (printed.status_code, printed.content) == (200, b"%PDF-")
    assert printed["Content-Disposition"] == 'attachment; filename="hoja.pdf"'
    assert "no-store" in printed["Cache-Control"]
    begun = _sheets(walled, case)
    said = str(laid_out[0])
    assert len(begun) > 1
    assert [word for word in ("Jacinta", "4R8Q", "Tequio", "muro", "T0") if word in said] == []
    assert walled.user.organisation.name not in said
    # Printed again it is the same paper, and its code is no number that lies open in a table.
    client.post(reverse("survivors:print-asking", args=[case]), sent)
    assert laid_out[1] == laid_out[0]
    codes = {code_of(row.pk) for row in Record.objects.all()}
    assert [code for code in codes if code in said] == []

    page = client.get(reverse("survivors:asking", args=[case])).context["asks"]
    line = next(
        one for one in page.begun if one.name == definitions.newest(SPACE).instrument.name.now()
    )
    assert line.code in said
    address = reverse("survivors:type-asking", args=[case, line.id])
    assert line.code in client.get(address).content.decode()
    typed = {f"a{n}": digit for n, digit in enumerate("129_44", start=1) if digit != "_"}
    wrong = client.post(address, {**typed, "a1": "7", "turn": "first"})
    assert wrong.status_code == 422
    twice = client.post(address, {**typed, "day": "19/11/2026", "turn": "first", "twice": "1"})
    assert twice.status_code == 302
    done = client.post(address, {**typed, "day": "19/11/2026", "turn": "second"})
    assert done.status_code == 302, done.content.decode()[:500]
    (sheet,) = (one for one in _sheets(walled, case) if one.done)
    assert (sheet.slug, sheet.wave, sheet.how, sheet.on) == (
        SPACE,
        "T0",
        "paper",
        date(2026, 11, 19),
    )
    assert sheet.missing["dinero"] == "prefers_not"
    assert "asking.print" in _logged(walled)


def test_what_was_typed_at_a_shut_wall_comes_back_beside_its_questions(
    walled: Walled, case: UUID
) -> None:
    client = client_behind(walled)
    address = _walk(client, case, SPACE, [])
    screen = client.get(address).context["screen"]
    while not screen.asked[0].choices:
        client.post(address, {"screen": screen.key, "do": "next"})
        screen = client.get(address).context["screen"]
    choice = screen.asked[0].choices[0]
    client.post(reverse("survivors:lock"))
    client.post(address, {"screen": screen.key, "do": "next", "q0": choice.value})
    client.post(f"{address}papel/", {"turn": "first", "a1": "1"})
    found = client_behind(walled).get(reverse("survivors:drafts")).context["kept"]
    asked, paper = sorted(found, key=lambda one: len(one.kept.path))
    assert asked.said == ((screen.asked[0].label, choice.label),)
    ((question, answer),) = paper.said
    assert question.startswith("1. ")
    assert answer.startswith("1: ")
