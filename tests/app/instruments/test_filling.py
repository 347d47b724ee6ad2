"""An instrument and a form of one's own, asked in a browser without JavaScript."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.people import signed_in_client
from tests.shared_data import find

from tequio.access.models import User
from tequio.access.policies import not_visible
from tequio.core import clock
from tequio.instruments import definitions, own_answers, stores
from tequio.instruments.actions import forgetting
from tequio.instruments.models import OwnForm, OwnSitting, Submission
from tequio.instruments.steps import Steps
from tequio.instruments.stores import Done, Filled, FormKey, Raised
from tequio.instruments.xlsform.book import Given
from tequio.instruments.xlsform.making import make

FORM = """
| survey |
| | type | name | label::Español (es) | label::English (en) | relevant | constraint | constraint_message::Español (es) | required | choice_filter | appearance | calculation | parameters |
| | start | inicio | | | | | | | | | | |
| | note | hola | Bienvenida | Welcome | | | | | | | | |
| | text | nombre | Cómo te dicen | Your name | | | | yes | | | | |
| | integer | edad | ¿Cuántos años tienes, ${nombre}? | Age | | . >= 18 | Solo mayores | | | | | |
| | select_one est | est | Estado | State | | | | | | | | |
| | select_one mun | mun | Municipio | Town | ${est} != '' | | | | est=${est} | | | |
| | rank cosas | orden | Ordena | Rank | | | | | | | | |
| | select_multiple cosas | cuales | Cuáles | Which | | | | | | | | |
| | begin_group | g | Juntas | Together | | | | | | field-list | | |
| | date | dia | Qué día | Day | | | | | | | | |
| | time | hora | A qué hora | Time | | | | | | | | |
| | geopoint | donde | Dónde | Where | | | | | | | | |
| | acknowledge | si | Aviso | Notice | | | | | | | | |
| | range | escala | Del 1 al 5 | Scale | | | | | | | | start=1 end=5 step=1 |
| | image | foto | Una foto | A picture | | | | | | | | |
| | decimal | peso | Cuánto pesa | Weight | | | | | | | | |
| | end_group | | | | | | | | | | | |
| | begin_repeat | hija | Hijas e hijos | Children | | | | | | | | |
| | integer | he | Edad | Age | | | | | | | | |
| | end_repeat | | | | | | | | | | | |
| | calculate | suma | | | | | | | | | sum(${he}) | |
| choices |
| | list_name | name | label::Español (es) | label::English (en) | est |
| | est | 9 | CDMX | CDMX | |
| | est | 15 | Edomex | Edomex | |
| | mun | m1 | Uno | One | 9 |
| | mun | m2 | Dos | Two | 15 |
| | cosas | a | La A | A | |
| | cosas | b | La B | B | |
"""  # noqa: E501 -- a table


@dataclass
class Kept:
    """A sitting in memory, as an owner would keep it sealed."""

    slug: str
    body: dict[str, Any] | None = None
    filled: list[Filled] = field(default_factory=list)
    raised: tuple[Raised, ...] = ()
    language: str = "es"
    title: str = "Preguntas"
    back_url: str = "/"

    @property
    def form(self) -> FormKey:
        one = definitions.newest(self.slug)
        return FormKey(one.instrument.slug, one.instrument.version, one.sha256)

    def kept(self) -> dict[str, Any] | None:
        return self.body

    def keep(self, body: Mapping[str, Any]) -> None:
        self.body = dict(body)

    def finish(self, filled: Filled) -> Done:
        self.filled.append(filled)
        return Done("/listo", self.raised)


@dataclass
class Memory:
    """A store that holds one sitting."""

    one: Kept
    reporters = frozenset({"his"})

    def sitting(self, by: Any, sitting_id: UUID) -> Kept:
        if not isinstance(by, User) or sitting_id != SITTING:
            raise not_visible()
        return self.one

    def take(self, organisation_id: UUID, filled: Filled) -> bool:
        pytest.fail("Nothing is handed to the house here.")


SITTING = uuid4()
ADDRESS = f"/contestar/memoria/{SITTING}/"


@pytest.fixture
def kept() -> Iterator[Kept]:
    one = Kept("phq-9")
    with stores.only(memoria=Memory(one)):
        yield one


def _screen(page: str) -> str:
    found = re.search(r'name="screen" value="([^"]*)"', page)
    assert found is not None
    return found[1].replace("&#x27;", "'")


def _step(client: Client, address: str, **sent: Any) -> str:
    page = client.get(address).content.decode()
    response = client.post(address, {"screen": _screen(page), "do": "next", **sent})
    if response.status_code == 302:
        assert response["Location"] == address
        return client.get(address).content.decode()
    return str(response.content.decode())


def test_an_instrument_is_asked_one_question_a_screen_to_the_end(
    kept: Kept, coordinator: User
) -> None:
    client = signed_in_client(coordinator)
    items = definitions.newest("phq-9").instrument.questions
    first = client.get(ADDRESS)
    assert "Prefiero no decir" in first.content.decode() and first["Cache-Control"] == "no-store"
    for n, _item in enumerate(items):
        page = _step(client, ADDRESS, q0="prefers_not" if n == 2 else "1" if n < 3 else "0")
        if "Esas eran todas" in page:
            break
    kept.raised = (Raised("self_harm", "Algo", "Texto"),)
    page = client.post(ADDRESS, {"screen": "#end", "do": "finish"}).content.decode()
    assert "Quedó guardado" in page and "/listo" in page
    answers = kept.filled[0].answers
    assert answers[items[2].id] == "prefers_not" and len(answers) >= 9
    assert b"instanceID" in kept.filled[0].xml


def test_going_back_and_another_tab_lose_nothing(kept: Kept, coordinator: User) -> None:
    client = signed_in_client(coordinator)
    first = _screen(client.get(ADDRESS).content.decode())
    _step(client, ADDRESS, q0="2")
    # The other tab still shows the first question: what it sends does not land on the second.
    client.post(ADDRESS, {"screen": first, "do": "next", "q0": "0"})
    page = _step(client, ADDRESS, do="back")
    assert _screen(page) == first and 'value="2" checked' in page
    response = client.post(ADDRESS, {"screen": first, "do": "later", "q0": "3"})
    assert response.status_code == 302 and response["Location"] == "/"
    assert kept.body is not None and kept.body["values"][first] == "3"


def test_what_is_typed_may_be_refused_too(coordinator: User) -> None:
    kinds = ("whole", "text")
    slug = next(
        slug
        for slug, one in definitions.shipped().items()
        if any(item.kind in kinds and not item.only_if for item in one.instrument.questions)
    )
    one = Kept(slug)
    with stores.only(memoria=Memory(one)):
        client = signed_in_client(coordinator)
        refused = ""
        for _n in range(60):
            page = client.get(ADDRESS).content.decode()
            if 'name="not0"' in page:
                refused = _screen(page)
                _step(client, ADDRESS, not0="1")
                break
            _step(client, ADDRESS)
        assert refused and refused in (one.body or {})["refused"]
        assert Steps(one).answers()[refused.rpartition("/")[2]] == "prefers_not"


def test_what_was_answered_on_another_page_is_gone_on_from(kept: Kept, coordinator: User) -> None:
    name = definitions.newest("phq-9").instrument.questions[0].id
    kept.body = {"answers": {name: "2"}}
    client = signed_in_client(coordinator)
    assert 'value="2" checked' in client.get(ADDRESS).content.decode()
    _step(client, ADDRESS, q0="3")
    assert kept.body is not None and kept.body["answers"][name] == "3"


def test_with_javascript_only_the_question_comes(kept: Kept, coordinator: User) -> None:
    client = signed_in_client(coordinator)
    screen = _screen(client.get(ADDRESS).content.decode())
    response = client.post(
        ADDRESS, {"screen": screen, "do": "next", "q0": "1"}, headers={"HX-Request": "true"}
    )
    assert response.status_code == 200 and b"<html" not in response.content
    assert b'id="asking"' in response.content
    later = client.post(
        ADDRESS,
        {"screen": _screen(response.content.decode()), "do": "later"},
        headers={"HX-Request": "true"},
    )
    assert later.status_code == 204 and later["HX-Redirect"] == "/"


def test_nobody_goes_on_with_what_is_not_theirs(kept: Kept, coordinator: User) -> None:
    client = signed_in_client(coordinator)
    assert client.get(f"/contestar/memoria/{uuid4()}/").status_code == 404
    assert client.get(f"/contestar/nadie/{SITTING}/").status_code == 404
    assert Client().get(ADDRESS).status_code == 302


# --- Forms of one's own -------------------------------------------------------------------------


def _bring(client: Client, *files: tuple[str, bytes]) -> Any:
    sent = [SimpleUploadedFile(name, data) for name, data in files]
    return client.post("/formularios/traer/", {"brought": sent})


def _published(client: Client, *files: tuple[str, bytes]) -> OwnForm:
    assert _bring(client, *files).status_code == 302
    row = OwnForm.objects.get()
    client.post(f"/formularios/{row.pk}/", {"rights": "ours"})
    row.refresh_from_db()
    assert row.in_use
    return row


def test_a_form_is_brought_used_filled_in_and_sealed(coordinator: User) -> None:
    client = signed_in_client(coordinator)
    row = _published(client, ("prueba.md", FORM.encode()))
    begun = client.post(f"/formularios/{row.pk}/contestar/")
    address = begun["Location"]
    assert "Bienvenida" in client.get(address).content.decode()
    _step(client, address)
    assert "Falta esta respuesta" in _step(client, address)
    assert "tienes, Ana?" in _step(client, address, q0="Ana")
    assert "Solo mayores" in _step(client, address, q0="12")
    _step(client, address, q0="34")
    page = _step(client, address, q0="15")
    assert "Dos" in page and "Uno" not in page
    _step(client, address, q0="m2")
    assert "sin repetir" in _step(client, address, q0_1="a", q0_2="a")
    _step(client, address, q0_1="b", q0_2="a")
    page = _step(client, address, q0=["a", "b"])
    assert "no se reciben fotos" in page and "Latitud" in page
    assert "longitud" in _step(client, address, q2_lat="200", q2_lon="1")
    sent = {"q0": "2026-11-21", "q1": "10:30", "q2_lat": "19,4", "q2_lon": "-99.1", "q3": "OK"}
    _step(client, address, **sent, q4="4", q6="70,5")
    _step(client, address, q0="7")
    page = _step(client, address, do="more")
    assert "Hijas e hijos 2" in page
    _step(client, address, q0="5")
    page = _step(client, address, do="enough")
    assert "Esas eran todas" in page
    client.post(address, {"screen": "#end", "do": "finish"})
    assert not OwnSitting.objects.exists()
    kept = Submission.objects.get()
    xml = own_answers.opened(kept).xml.decode()
    for words in ("<nombre>Ana<", "<orden>b a<", "<cuales>a b<", "<donde>19.4 -99.1 0 0<",
                  "<si>OK<", "<escala>4<", "<peso>70.5<", "<suma>12<", "<mun>m2<"):  # fmt: skip
        assert words in xml
    assert "Ana" not in bytes(kept.sealed).decode("latin-1")


def test_what_was_never_finished_goes_after_a_month(coordinator: User) -> None:
    client = signed_in_client(coordinator)
    row = _published(client, ("prueba.md", FORM.encode()))
    client.post(f"/formularios/{row.pk}/contestar/")
    assert forgetting.forget_drafts() == 0
    with clock.at(clock.now() + timedelta(days=31)):
        assert forgetting.forget_drafts() == 1


def test_a_broken_form_is_shown_with_everything_and_not_kept(coordinator: User) -> None:
    client = signed_in_client(coordinator)
    bad = b"| survey |\n| | type | name | label |\n| | txt | a | A |\n| | text | b c | B |\n"
    response = _bring(client, ("malo.md", bad))
    page = response.content.decode()
    assert response.status_code == 422 and "2 cosas que corregir" in page
    assert "survey A2" in page and "survey B3" in page
    assert not OwnForm.objects.exists()


def test_a_version_in_use_never_changes(coordinator: User) -> None:
    client = signed_in_client(coordinator)
    row = _published(client, ("prueba.md", FORM.encode()))
    assert _bring(client, ("prueba.md", FORM.encode())).status_code == 302
    changed = _bring(client, ("prueba.md", FORM.replace("Bienvenida", "Hola").encode()))
    assert changed.status_code == 422 and "Cambia «version»" in changed.content.decode()
    assert OwnForm.objects.get().sha256 == row.sha256
    back = client.post(f"/formularios/{row.pk}/bajar/xlsx/")
    again = make([Given("otra.xlsx", back.content)])
    assert again.sha256 == row.sha256
    assert client.post(f"/formularios/{row.pk}/bajar/xml/").content == bytes(row.xml)


def test_a_form_of_others_needs_its_right_in_words(coordinator: User) -> None:
    client = signed_in_client(coordinator)
    _bring(client, ("prueba.md", FORM.encode()))
    row = OwnForm.objects.get()
    assert client.post(f"/formularios/{row.pk}/contestar/").status_code == 409
    missing = client.post(f"/formularios/{row.pk}/", {"rights": "permitted"})
    assert missing.status_code == 422
    client.post(f"/formularios/{row.pk}/", {"rights": "permitted", "said": "Carta, 3 de mayo"})
    row.refresh_from_db()
    assert row.rights_said == "Carta, 3 de mayo" and row.in_use


def test_forms_are_of_one_organisation_and_of_their_roles(
    coordinator: User, facilitator: User, outsider: User
) -> None:
    client = signed_in_client(coordinator)
    row = _published(client, ("prueba.md", FORM.encode()))
    assert signed_in_client(facilitator).get("/formularios/").status_code == 403
    assert signed_in_client(facilitator).get("/formularios/traer/").status_code == 403
    assert signed_in_client(outsider).get(f"/formularios/{row.pk}/").status_code == 404


def test_the_uganda_form_opens_and_goes_on_quickly(coordinator: User) -> None:
    folder = find("uganda_vaw_media", "xlsform")
    client = signed_in_client(coordinator)
    names = ("endline_Qs.csv", "endline_choices.csv")
    row = _published(client, *((name, (folder / name).read_bytes()) for name in names))
    address = client.post(f"/formularios/{row.pk}/contestar/")["Location"]
    began = time.perf_counter()
    page = client.get(address).content.decode()
    opened = time.perf_counter() - began
    took: list[float] = []
    for _n in range(60):
        names = set(re.findall(r'name="(q\d+)" value="([^"]*)"', page))
        said = {name: value for name, value in sorted(names, reverse=True) if value}
        said |= dict.fromkeys(re.findall(r'name="(q\d+)" value=""', page), "20")
        began = time.perf_counter()
        page = client.post(
            address,
            {"screen": _screen(page), "do": "next", **said},
            headers={"HX-Request": "true"},
        ).content.decode()
        took.append(time.perf_counter() - began)
    middle = sorted(took)[len(took) // 2]
    assert opened < 3 and middle < 0.2  # wide: many tests may share the machine


CHILDREN = """
| survey |
| | type | name | label | required |
| | begin_repeat | hijo | Hija o hijo | |
| | text | nombre | Su nombre | yes |
| | end_repeat | | | |
| | text | calle | Tu calle | |
"""


def test_who_has_none_of_what_repeats_invents_none(coordinator: User) -> None:
    client = signed_in_client(coordinator)
    form = _published(client, ("casas.md", CHILDREN.encode()))
    address = client.post(f"/formularios/{form.pk}/contestar/")["Location"]
    assert "No hay ninguna" in client.get(address).content.decode()
    page = _step(client, address, do="none")
    assert "Tu calle" in page and "No hay ninguna" not in page
    _step(client, address, do="back")
    assert "Su nombre" in _step(client, address, do="more")
    assert "Tu calle" in _step(client, address, do="none")
    _step(client, address, q0="Norte")
    client.post(address, {"screen": "#end", "do": "finish"})
    xml = own_answers.opened(Submission.objects.get()).xml.decode()
    assert "<hijo>" not in xml and "<calle>Norte<" in xml


BESIDE = """
| survey |
| | type | name | label | calculation |
| | select_one_from_file estados.csv | edo | Estado | |
| | calculate | dicho | | jr:choice-name(${edo}, '${edo}') |
"""


def test_answers_in_a_file_are_asked_as_a_spreadsheet_wrote_them(coordinator: User) -> None:
    client = signed_in_client(coordinator)
    listed = "name;label\n09;Ciudad de México\n15;Estado de México\n".encode("cp1252")
    row = _published(client, ("prueba.md", BESIDE.encode()), ("estados.csv", listed))
    assert bytes(row.files.get().data).decode().splitlines()[1] == "09,Ciudad de México"
    address = client.post(f"/formularios/{row.pk}/contestar/")["Location"]
    page = client.get(address).content.decode()
    assert "Ciudad de México" in page and 'value="15"' in page
    assert "Elige una" in _step(client, address, q0="16")
    _step(client, address, q0="15")
    client.post(address, {"screen": "#end", "do": "finish"})
    xml = own_answers.opened(Submission.objects.get()).xml.decode()
    assert "<edo>15<" in xml and "<dicho>Estado de México<" in xml
