"""A directory is brought in as work that can be watched, stopped and taken back."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.people import signed_in_client
from tests.shared_data import find

from tequio.access.models import User
from tequio.core.errors import Conflict, DomainError
from tequio.core.tabular import Sheet, write_workbook
from tequio.jobs.work import Cancelled
from tequio.network.actions import importing
from tequio.network.actions import services as actions
from tequio.network.models import DirectoryImport, ImportLine, Provider, Service

pytestmark = pytest.mark.django_db
SHEET = write_workbook(
    [
        Sheet(
            "Hoja",
            (
                ("Directorio 2026", None, None, None),
                ("Institución", "Estado", "Teléfono", "Categoría"),
                ("DIF Centro", "Ciudad de México", "01 55 1234 5678", "Psicología"),
                ("DIF Centro", "Ciudad de México", "55 1234 5678", "Psicología"),
                ("Refugio Luna", "Puebla", "222 123 4567", "Refugio"),
                ("Sin nada", "Puebla", None, "Salud"),
            ),
        )
    ]
)


def bring(by: User, data: bytes, name: str = "lista.xlsx") -> DirectoryImport:
    made = importing.receive(by=by, name=name, data=data, queued=False)
    return importing.apply(by=by, import_id=made.pk)


def outcomes(brought: DirectoryImport) -> list[str]:
    return [line.outcome for line in brought.lines.all()]


def test_a_sheet_is_mended_merged_and_shown_line_by_line(promoter: User) -> None:
    brought = bring(promoter, SHEET)
    assert outcomes(brought) == ["added", "merged", "added", "incomplete"]
    assert Service.objects.count() == 2
    assert not Service.objects.exclude(verified_on=None).exists()
    again = bring(promoter, SHEET)
    assert outcomes(again) == ["known", "merged", "known", "incomplete"]
    assert Service.objects.count() == 2


def test_stopped_on_the_way_it_takes_back_what_it_wrote(promoter: User) -> None:
    made = importing.receive(by=promoter, name="lista.xlsx", data=SHEET, queued=False)

    def stop(done: int, _total: int) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        importing.apply(by=promoter, import_id=made.pk, say=stop)
    made.refresh_from_db()
    assert made.state == "cancelled"
    assert not Service.objects.exists()
    assert not Provider.objects.exists()


def test_undone_it_leaves_what_somebody_has_checked(promoter: User) -> None:
    brought = bring(promoter, SHEET)
    kept = Service.objects.get(provider__name="DIF Centro")
    actions.verify(by=promoter, service_id=kept.pk)
    importing.undo(by=promoter, import_id=brought.pk)
    assert list(Service.objects.all()) == [kept]
    with pytest.raises(Conflict):
        importing.undo(by=promoter, import_id=brought.pk)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "vacío"),
        (b"[]", "no se reconoció"),
        (b"hola, mundo\n1,2\n", "no se reconoció"),
        (b"{" * 3000, "no se reconoció"),
        (b"PK\x03\x04rubbish", "dañado"),
    ],
)
def test_a_file_that_is_no_directory_is_refused_in_words(
    promoter: User, data: bytes, words: str
) -> None:
    with pytest.raises(DomainError, match=words):
        importing.receive(by=promoter, name="x.json", data=data, queued=False)
    if data:
        sent = {"file": SimpleUploadedFile("x.json", data)}
        answer = signed_in_client(promoter).post(reverse("network:directory-imports"), sent)
        assert answer.status_code == 422
    assert not DirectoryImport.objects.exists()


def test_the_broken_real_directory_is_salvaged(promoter: User) -> None:
    data = find("mx_service_directory", "data.json").read_bytes()
    brought = bring(promoter, data, "data.json")
    lines = list(ImportLine.objects.filter(brought_by=brought))
    odd = [line for line in lines if "odd_spaces" in line.mended]
    # 1,014 parse as they stand; the 32 others only have spaces that nobody sees.
    assert len(lines) == 1046
    assert (len(lines) - len(odd), len(odd)) == (1014, 32)
    assert "unreadable" not in {line.outcome for line in lines}
    assert not Service.objects.exclude(verified_on=None).exists()
    numbers = [phone.number for one in Service.objects.all() for phone in one.phones.all()]
    assert all(len(number) == 10 or number in {"911", "*765"} for number in numbers)
    potosi = Service.objects.get(phones__number="4448332143")
    assert (potosi.state, potosi.locality) == ("24", "")
    assert not Service.objects.filter(state="", locality__in=["Luis", "de", "Roo"]).exists()
    assert not any("@" in one.name for one in Provider.objects.all())
    page = signed_in_client(promoter).get(reverse("network:directory-import", args=[brought.pk]))
    assert "De 1,046 renglones" in page.content.decode()
