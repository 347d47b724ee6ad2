"""The retention report of a group worked out by hand, and what must never be in it."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.urls import reverse
from tests.factories.circles import GroupFactory, attend, sessions_of
from tests.factories.people import ParticipantFactory
from tests.meta import matrix_house
from tests.meta.test_access_matrix import HOUSE, NONE, OWN, routes, table
from tests.people import signed_in_client

from tequio.access.models import User
from tequio.audit.models import Event
from tequio.circles.models import Group, Membership
from tequio.circles.retention import report
from tequio.people.vault import Who

TODAY = date(2026, 11, 20)
# Four meetings, all held. He came to: 4, 4 (once late), 3, 1, 0 of 4.
# The first ends the session that asks; the second shows a public service.
_ABOUT_NO_MAN = {
    "access:leave-now",
    "letters:change-service",
    # What another organisation signed, as it came.
    "instruments:permission-paper",
    # Printed by a child that has a release and nothing else (tests/app/studies).
    "studies:release-paper",
}
BY_HAND = {
    "Abeto": "pppp",
    "Bosque": "pptp",
    "Cedro": "pppf",  # 75 % and not more than 75 %
    "Duna": "pfff",
    "Encino": "afff",
}


def _group(by: User, rows: dict[str, str], *, held: int = 4, meetings: int = 4) -> Group:
    group = GroupFactory.create(organisation=by.organisation, facilitators=[by], name="Martes")
    planned = sessions_of(group, TODAY, meetings, held=held)
    attend(group, planned, rows)
    return Group.objects.select_related("edition").get(pk=group.pk)


@pytest.fixture
def by_hand(facilitator: User) -> report.Report:
    return report.of_groups([_group(facilitator, BY_HAND)], today=TODAY)


def _figure(found: report.Report, beginning: str) -> tuple[str, str]:
    (one,) = [f for f in found.figures if f.name.startswith(beginning)]
    return one.value.replace("\u00a0", " "), one.of.replace("\u00a0", " ")


def _rows(found: report.Report, name: str) -> list[tuple[object, ...]]:
    chart = dict(found.charts)[name]
    return [
        tuple(str(cell).replace("\u00a0", " ") for cell in row.cells) for row in chart.table.rows
    ]


def test_more_than_three_quarters_is_two_men_of_five(by_hand: report.Report) -> None:
    value, of = _figure(by_hand, "Vinieron a más del 75 %")
    assert value == "40 %"
    assert of.startswith("2 de 5 hombres")


def test_one_man_of_five_never_came(by_hand: report.Report) -> None:
    assert _figure(by_hand, "No vinieron nunca") == ("1", "de 5 hombres que tenían lugar")


def test_four_meetings_of_four_took_place(by_hand: report.Report) -> None:
    value, of = _figure(by_hand, "Sesiones realizadas")
    assert (value, of) == ("4", "de 4 que ya se registraron; por venir: 0")


def test_the_doses_are_counted_in_their_quarters(by_hand: report.Report) -> None:
    assert [row[1] for row in _rows(by_hand, "dose")] == ["1", "1", "0", "1", "2"]


def test_the_curve_steps_down_at_the_men_who_stopped(by_hand: report.Report) -> None:
    """Encino never came (4/5 go on); Duna stopped after the first (4/5 × 3/4)."""
    curve = {row[0]: row[2] for row in _rows(by_hand, "survival")}
    assert (curve["0"], curve["1"]) == ("80 %", "60 %")
    assert set(list(curve.values())[1:]) == {"60 %"}


def test_each_meeting_has_those_who_came_to_it(by_hand: report.Report) -> None:
    assert [row[1] for row in _rows(by_hand, "sessions")] == ["4", "3", "3", "2"]
    assert {row[2] for row in _rows(by_hand, "sessions")} == {"5"}


def test_who_missed_the_last_two_is_called_and_who_missed_one_is_not(facilitator: User) -> None:
    found = report.of_groups([_group(facilitator, BY_HAND, meetings=5)], today=TODAY)
    assert [(m.place.alias, m.missed) for m in found.quiet if not m.never_came] == [("Duna", 3)]
    assert [man.place.alias for man in found.quiet if man.never_came] == ["Encino"]


def test_nobody_is_called_back_to_a_programme_that_is_over(by_hand: report.Report) -> None:
    assert by_hand.quiet == ()
    assert not by_hand.running


def test_who_left_by_agreement_is_not_called(facilitator: User) -> None:
    group = _group(facilitator, BY_HAND, meetings=5)
    Membership.objects.filter(participant__alias="Duna").update(
        ended_on=date(2026, 11, 1), ended_at_session=1
    )
    found = report.of_groups([group], today=TODAY)
    assert [man.place.alias for man in found.quiet] == ["Encino"]
    # He came to one of the one that was his.
    assert "3 de 5 hombres" in _figure(found, "Vinieron a más del 75 %")[1]


def test_a_missing_mark_is_not_an_absence_unless_the_group_says_so(facilitator: User) -> None:
    group = _group(facilitator, {"Abeto": "ppp.", "Bosque": "pppp"})
    unknown = report.of_groups([group], today=TODAY).figures[0]
    Group.objects.filter(pk=group.pk).update(gaps="absent")
    group.refresh_from_db()
    absent = report.of_groups([group], today=TODAY).figures[0]
    assert "falta saber una asistencia" in unknown.missing
    assert "falta saber" not in absent.missing
    assert absent.of.startswith("1 de 2")


def test_a_meeting_that_did_not_happen_is_nobodys_absence(facilitator: User) -> None:
    group = _group(facilitator, {"Abeto": "p...", "Bosque": "p..."}, held=1)
    group.sessions.exclude(position=1).update(state="not_held", reason="weather")
    found = report.of_groups([group], today=TODAY)
    assert _figure(found, "Vinieron a más del 75 %")[0] == "100 %"
    assert found.quiet == ()


def test_a_programme_that_runs_says_that_it_is_not_known_yet(facilitator: User) -> None:
    group = _group(facilitator, {"Abeto": "pp..", "Bosque": "pp.."}, held=2)
    figure = report.of_groups([group], today=TODAY).figures[0]
    assert figure.value == ""
    assert figure.unknown == "Todavía no se sabe"


@pytest.mark.parametrize("rows", [{}, {"Abeto": "...."}])
def test_where_nothing_can_be_said_the_page_says_so(
    rows: dict[str, str], facilitator: User
) -> None:
    group = _group(facilitator, rows, held=0)
    found = report.of_groups([group], today=TODAY)
    assert found.refusal
    page = signed_in_client(facilitator).get(f"/grupos/{group.pk}/permanencia/")
    assert found.refusal[:30] in page.content.decode()
    assert report.of_groups([], today=TODAY).refusal


# --- Nobody's name --------------------------------------------------------------------------------

WHO = Who("Ubaldo Zenón", "Quetzaltzin", "55 5555 9731", 1979, "R-7719")


@pytest.fixture
def named(facilitator: User, coordinator: User) -> dict[str, object]:
    """A group whose men have an alias, a folio and a name that stand out."""
    group = _group(facilitator, BY_HAND)
    man = ParticipantFactory.create(
        organisation=group.organisation, alias="Xoconostle", who=WHO, folio="7K2M-9QXD"
    )
    Membership.objects.create(group=group, participant=man)
    house = matrix_house.house_things(coordinator)
    return {
        **house,  # its edition has session guides
        "group_id": group.pk,
        "session_id": group.sessions.get(position=4).pk,
        "folio": man.folio,
        "number": 2,
    }


def _secrets() -> list[str]:
    folios = list(Membership.objects.values_list("participant__folio", flat=True))
    return [*BY_HAND, "Xoconostle", "Quetzaltzin", "Ubaldo", "5555 9731", "R-7719", *folios]


def _parts_of(spreadsheet: bytes) -> bytes:
    with ZipFile(BytesIO(spreadsheet)) as parts:
        return b"\n".join(parts.read(name) for name in parts.namelist())


def _told(text: str) -> list[str]:
    # Four digits of a telephone stand by chance in many an identifier: alone they must not stand.
    masked = re.findall(r"(?<![\w-])9731(?![\w-])|5559731", text)
    return [*masked, *(word for word in _secrets() if word in text)]


@pytest.mark.parametrize(
    ("who", "column"),
    [
        pytest.param("evaluator", "evaluación", marks=pytest.mark.thorough),
        ("director", "dirección"),
    ],
)
def test_no_page_tells_them_who_a_man_is(
    who: str, column: str, named: dict[str, object], request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    client = signed_in_client(request.getfixturevalue(who))
    seen = 0
    for row, cells in table().items():
        holds = routes()[row.route]
        known = {**matrix_house.KNOWN, **named}
        if row.route in _ABOUT_NO_MAN:
            continue
        if row.method == "GET" and row.whose in (OWN, HOUSE, NONE) and cells[column] == "sí":
            answer = client.get(reverse(row.route, kwargs={n: known[n] for n in holds}))
            body = answer.getvalue()
            kind = answer.headers.get("Content-Type", "")
            if kind == "application/pdf":
                body = _text_of(body, tmp_path).encode()
            if "spreadsheetml" in kind:
                body = _parts_of(body)
            assert _told(body.decode()) == [], row
            assert answer.status_code in (200, 302)
            seen += 1
    assert seen > 10


def test_whoever_may_know_is_told(named: dict[str, object], coordinator: User) -> None:
    """The same look finds the names on a page where they belong."""
    page = signed_in_client(coordinator).get(f"/sesiones/{named['session_id']}/")
    assert {"Xoconostle", "Abeto"} <= set(_told(page.content.decode()))


def _text_of(pdf: bytes, folder: Path) -> str:
    assert pdf.startswith(b"%PDF")
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext is not installed (sudo apt install poppler-utils)")
    (folder / "report.pdf").write_bytes(pdf)
    done = subprocess.run(
        [program, str(folder / "report.pdf"), "-"], capture_output=True, check=True
    )
    return done.stdout.decode()


def test_the_paper_says_the_numbers_and_who_took_it_is_written_down(
    named: dict[str, object], coordinator: User, tmp_path: Path
) -> None:
    answer = signed_in_client(coordinator).get(
        f"/grupos/{named['group_id']}/permanencia/reporte.pdf"
    )
    text = _text_of(answer.content, tmp_path)
    assert "Vinieron a más del 75" in text
    assert "6 hombres con lugar" in text
    assert _told(text) == []
    event = Event.objects.get(kind="export.retention")
    assert (event.actor_id, event.subject_id) == (coordinator.pk, named["group_id"])
