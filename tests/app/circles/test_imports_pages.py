"""A coordinator brings in a register through the pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.app.circles.import_pages import WIDE, fields_of, page, text_of, upload
from tests.factories.registers import draft_of, ready, xlsx

from tequio.access.models import User
from tequio.audit.models import Event
from tequio.circles.actions import imports
from tequio.circles.importing.reading import choices_of
from tequio.circles.models import (
    Attendance,
    Group,
    Membership,
    RegisterImport,
    RememberedMapping,
    Session,
)
from tequio.people.models import Participant


@pytest.mark.parametrize(
    ("layout", "more", "marks"),
    [("people", {}, 0), ("one", {"t0-session": "Sesión 3"}, 2)],
)
def test_a_sheet_of_names_alone_goes_in_as_people_or_as_who_came_that_day(
    maru: Client, coordinator: User, layout: str, more: dict[str, str], marks: int
) -> None:
    names = draft_of(coordinator, "n.xlsx", xlsx(["Nombre"], ["José Pérez López"], ["Raúl Díaz"]))

    def sent(answer: Any) -> dict[str, str]:
        fields = fields_of(answer) | {"t0-layout": layout} | more
        name = next(n for n in answer.context["form"].fields if n.startswith("n-"))
        choices = answer.context["form"]
        fields |= {name: "Los de abril", "site": choices.fields["site"].choices[1][0]}
        return fields | {"edition": choices.fields["edition"].choices[1][0]}

    again = maru.post(page(names), sent(maru.get(page(names))) | {"action": "reread"}, follow=True)
    maru.post(page(names), sent(again) | {"action": "start"})

    names.refresh_from_db()
    assert names.state in {RegisterImport.State.RUNNING, RegisterImport.State.DONE}
    assert len(again.context["plan"].people) == 2
    assert len(again.context["plan"].marks) == marks


def test_a_file_without_any_list_offers_nothing_to_press_but_erasing_it(
    maru: Client, coordinator: User
) -> None:
    letter = draft_of(coordinator, "carta.xlsx", xlsx(["Hola, esto es una carta"]))

    answer = maru.get(page(letter))

    assert "Así no hay nada que importar" in text_of(answer)
    assert 'value="start"' not in answer.content.decode()
    assert "No importar: borrar este archivo" in text_of(answer)


def test_a_file_leads_to_a_preview_that_says_what_was_understood(maru: Client) -> None:
    answer = upload(maru, WIDE)
    assert answer.status_code == 302
    shown = text_of(maru.get(answer.url))
    for said in (
        "lista de Maru.xlsx",
        "3 personas",
        "3 reuniones",
        "Los títulos de las columnas están en la fila 2.",
        "Qué significa cada marca",
        "No se sabe qué significa la marca «zz».",
        "celda C5",
        "son la misma persona",
        "Todos los renglones del archivo 5",
    ):
        assert said in shown, said


def test_nothing_of_the_file_lies_in_clear_in_the_database(
    maru: Client, draft: RegisterImport
) -> None:
    draft.refresh_from_db()
    stored = b"".join(
        bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
        for value in RegisterImport.objects.filter(pk=draft.pk).values_list()[0]
    )
    for secret in ("Pérez", "José", "lista", "PK\x03\x04"):
        assert secret.encode() not in stored


def test_the_whole_way_through_the_pages(
    maru: Client, draft: RegisterImport, run_jobs: Callable[[], Any]
) -> None:
    sent = fields_of(maru.get(page(draft)))
    with run_jobs():
        answer = maru.post(page(draft), sent | {"action": "start"})
    assert answer.status_code == 302, text_of(answer)
    shown = text_of(maru.get(page(draft)))
    assert "Ver la permanencia" in shown
    group = Group.objects.get()
    assert group.name == "martes"
    assert (Membership.objects.count(), Attendance.objects.count()) == (3, 8)
    assert [s.state for s in Session.objects.all()] == ["held"] * 3
    assert maru.get(f"/grupos/{group.pk}/permanencia/").status_code == 200
    words = text_of(maru.get(page(draft)))
    assert "No se sabe qué significa la marca «zz»." in words
    assert RememberedMapping.objects.count() == 1
    assert set(Event.objects.filter(kind__startswith="import.").values_list("kind", flat=True)) >= {
        "import.open",
        "import.start",
        "import.finish",
    }


def test_no_alias_is_a_whole_name(
    maru: Client, draft: RegisterImport, run_jobs: Callable[[], Any]
) -> None:
    sent = fields_of(maru.get(page(draft)))
    with run_jobs():
        maru.post(page(draft), sent | {"action": "start"})
    aliases = sorted(Participant.objects.values_list("alias", flat=True))
    assert aliases == ["Jose", "José", "Raúl"]


def test_a_changed_reading_is_shown_again_before_it_is_imported(
    maru: Client, draft: RegisterImport, run_jobs: Callable[[], Any]
) -> None:
    answer = maru.get(page(draft))
    sent = fields_of(answer)
    same = next(name for name in answer.context["form"].fields if name.startswith("same-"))
    with run_jobs():
        again = maru.post(page(draft), sent | {same: "on", "action": "start"})
    assert again.status_code == 302
    assert Participant.objects.count() == 0
    shown = text_of(maru.get(again.url))
    assert "Se leyó otra vez con tus cambios." in shown
    assert "2 personas" in shown
    sent = fields_of(maru.get(page(draft)))
    assert any(name.startswith("joined-") for name in sent)
    with run_jobs():
        maru.post(page(draft), sent | {"action": "start"})
    assert Participant.objects.count() == 2


def test_a_mark_that_nobody_knew_can_be_explained(maru: Client, draft: RegisterImport) -> None:
    answer = maru.get(page(draft))
    mark = next(f.name for s, f in answer.context["form"].marks() if s.mark == "zz")
    maru.post(page(draft), fields_of(answer) | {mark: "excused", "action": "reread"})
    shown = text_of(maru.get(page(draft)))
    assert "No se sabe qué significa la marca «zz»." not in shown


def test_what_was_typed_comes_back_with_the_sentence_about_what_is_missing(
    maru: Client, draft: RegisterImport
) -> None:
    answer = maru.get(page(draft))
    form = answer.context["form"]
    _part, where, name = next(iter(form.targets()))
    sent = fields_of(answer) | {name.name: "", "site": "", "gap": "absent", "action": "start"}
    refused = maru.post(page(draft), sent)
    assert refused.status_code == 422
    shown = text_of(refused)
    assert "Falta el nombre del grupo. Escríbelo." in shown
    assert "Falta la sede. Elige una." in shown
    assert refused.context["form"]["gap"].value() == "absent"
    assert where.name not in refused.context["form"].errors


@pytest.mark.parametrize(
    "nonsense",
    [
        {"t0-layout": "sideways"},
        {"t0-c0": "DROP TABLE"},
        {"gap": ""},
        {"site": "not-a-site"},
        {"edition": "00000000-0000-0000-0000-000000000000"},
        {"t0-year": "diez"},
        {"t0-group": "g" * 200},
    ],
)
def test_nonsense_in_the_form_is_refused_in_words(
    maru: Client, draft: RegisterImport, nonsense: dict[str, str]
) -> None:
    before = choices_of(draft)
    sent = fields_of(maru.get(page(draft))) | nonsense | {"action": "start"}
    refused = maru.post(page(draft), sent)
    assert refused.status_code == 422
    assert "Falta corregir" in text_of(refused)
    draft.refresh_from_db()
    assert (draft.state, choices_of(draft)) == ("draft", before)


def test_a_sheet_of_one_session_is_asked_for_its_session(
    maru: Client, coordinator: User, run_jobs: Callable[[], Any]
) -> None:
    data = xlsx(["Nombre", "Asistencia"], ["Ana Ruiz Soto", "x"], ["Luis Gil Mena", "F"])
    draft = draft_of(coordinator, "hoy.xlsx", data)
    answer = maru.get(page(draft))
    form = answer.context["form"]
    _part, _where, name = next(iter(form.targets()))
    sent = fields_of(answer) | {name.name: "Jueves"}
    refused = maru.post(page(draft), sent | {"action": "start"})
    assert refused.status_code == 422
    assert "De qué sesión es" in text_of(refused)
    one = sent | {"t0-layout": "one", "action": "start"}
    assert "Falta de qué sesión es." in text_of(maru.post(page(draft), one))
    again = maru.post(page(draft), one | {"t0-session": "Sesión 4"})
    assert again.status_code == 302
    answer = maru.get(again.url)
    _part, _where, name = next(iter(answer.context["form"].targets()))
    with run_jobs():
        maru.post(page(draft), fields_of(answer) | {name.name: "Jueves", "action": "start"})
    session = Session.objects.get()
    assert (session.label, session.number_from) == ("Sesión 4", 4)
    assert Attendance.objects.count() == 2


def test_next_month_the_same_layout_is_read_without_questions(
    maru: Client, coordinator: User, draft: RegisterImport, run_jobs: Callable[[], Any]
) -> None:
    answer = maru.get(page(draft))
    mark = next(f.name for s, f in answer.context["form"].marks() if s.mark == "zz")
    maru.post(page(draft), fields_of(answer) | {mark: "excused", "action": "reread"})
    with run_jobs():
        maru.post(page(draft), fields_of(maru.get(page(draft))) | {"action": "start"})
    remembered = str(RememberedMapping.objects.get().mapping)
    assert "Pérez" not in remembered
    assert "martes" not in remembered
    following = xlsx(
        ["Grupo martes"],
        ["Nombre", "Sesión 4", "Sesión 5"],
        ["José Pérez López", "x", "zz"],
        ["Raúl Díaz Mora", "F", "x"],
    )
    second = draft_of(coordinator, "diciembre.xlsx", following)
    shown = maru.get(page(second))
    assert "Ya habías importado un archivo acomodado así" in text_of(shown)
    assert shown.context["plan"].problems_of("unknown_mark") == ()
    assert len(shown.context["form"].namesakes()) == 2


def test_the_same_name_is_asked_about_and_never_joined_by_itself(
    maru: Client, coordinator: User, draft: RegisterImport, run_jobs: Callable[[], Any]
) -> None:
    ready(coordinator, draft)
    with run_jobs():
        imports.start(by=coordinator, import_id=draft.pk)
    group = Group.objects.get()
    more = xlsx(["Nombre", "Sesión 4", "Sesión 5"], ["Raúl Díaz Mora", "x", "x"])
    for joined, men in ((False, 4), (True, 4)):
        second = draft_of(coordinator, "mas.xlsx", more)
        answer = maru.get(page(second))
        _part, where, _name = next(iter(answer.context["form"].targets()))
        again = maru.post(page(second), fields_of(answer) | {where.name: str(group.pk)})
        answer = maru.get(again.url)
        assert ("ya está" if joined else "es nueva") in text_of(answer)
        sent = fields_of(answer) | {"action": "start"}
        if joined:
            names = answer.context["form"].namesakes()
            sent[names[0].name] = str(
                Participant.objects.filter(import_id=draft.pk).get(alias="Raúl").pk
            )
        with run_jobs():
            assert maru.post(page(second), sent).status_code == 302
        assert Participant.objects.count() == men
