"""An intake goes step by step, keeps what it was given, and is finished when nothing is missing."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.factories.circles import GroupFactory
from tests.people import signed_in_client

from tequio.access.models import User
from tequio.audit.models import Event
from tequio.core import clock
from tequio.core.errors import DomainError, NotVisible
from tequio.core.sealing import SealBroken
from tequio.people import actions, sealed
from tequio.people.models import Intake, Participant, Safeguard
from tequio.people.queries import intake as queries
from tequio.people.rules.answers import Guardian
from tequio.people.vault import Who

ARRIVAL = {
    "route": "partner_ultimatum",
    "motive": "family_relations",
    "motive_words": "zarzamora quiero estar bien",
    "mandated": "no",
}
LIFE = {
    "marital": "cohabiting",
    "own_children": "yes",
    "lives_with_partner": "yes",
    "schooling": "secondary_unfinished",
    "working": "yes",
}
TAKING_PART = {
    "work_hours": ["morning", "saturday"],
    "language": "nah",
    "interpreter": "no",
    "reads": "no",
    "disability": ["hearing"],
    "needs": "un lugar adelante",
}
PLACE = {"state": "15", "municipality_words": "ecatepec"}
AGREED = {
    "limits": "given",
    "programme": "given",
    "contact": "refused",
    "evaluation": "given",
    "follow_up": "given",
    "decided_on": "2026-01-05",
    "heard": "aloud",
    "witness": "Lalo Facilitador",
}
GUARDIAN = {
    "relation": "grandparent",
    "uses_violence": "no",
    "signed_on": "2026-01-05",
    "assent": "yes",
    "assent_on": "2026-01-05",
    "psychologist": "Mtra. Elena Ríos",
    "licence": "1234567",
}


@pytest.fixture
def man(coordinator: User) -> Participant:
    return actions.register(by=coordinator, alias="Encino", who=Who("Luis", "Mora", "", 1985))


@pytest.fixture
def boy(coordinator: User) -> Participant:
    return actions.register(by=coordinator, alias="Pino", who=Who("Iván", "Sol", "", 2011))


def steps(by: User, man: Participant, *pairs: tuple[str, dict[str, object]]) -> list[str]:
    client = signed_in_client(by)
    client.post(f"/personas/{man.folio}/ingreso/empezar/")
    found = []
    for step, fields in pairs:
        answer = client.post(f"/personas/{man.folio}/ingreso/{step}/", fields)
        assert answer.status_code == 302, answer.content.decode()
        found.append(answer["Location"])
    return found


def test_a_whole_intake_by_hand(coordinator: User, man: Participant) -> None:
    went = steps(
        coordinator,
        man,
        ("llegada", ARRIVAL),
        ("vida", LIFE),
        ("participar", TAKING_PART),
        ("lugar", PLACE),
    )
    assert [address.rstrip("/").split("/")[-1] for address in went] == [
        "vida",
        "participar",
        "lugar",
        "pareja",
    ]
    client = signed_in_client(coordinator)
    assert client.post(f"/personas/{man.folio}/acuerdos/", AGREED).status_code == 302
    done = client.post(f"/personas/{man.folio}/ingreso/terminar/")
    assert done.status_code == 302
    intake = Intake.objects.get()
    assert (intake.state, intake.route) == ("done", "partner_ultimatum")
    page = client.get(f"/personas/{man.folio}/ingreso/").content.decode()
    for words in ("ultimátum", "En unión libre", "Náhuatl", "Ecatepec de Morelos, México", "zarza"):
        assert words in page


def test_what_is_missing_is_named_and_what_was_said_stays(
    coordinator: User, man: Participant
) -> None:
    steps(coordinator, man, ("llegada", ARRIVAL))
    answer = signed_in_client(coordinator).post(f"/personas/{man.folio}/ingreso/terminar/")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "los límites de la confidencialidad" in page
    assert "Lo que ya escribiste está guardado" in page
    assert Intake.objects.get().state == "draft"


def test_an_error_loses_nothing_that_was_typed(coordinator: User, man: Participant) -> None:
    steps(coordinator, man)
    fields = {**ARRIVAL, "route": ""}
    answer = signed_in_client(coordinator).post(f"/personas/{man.folio}/ingreso/llegada/", fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "zarzamora quiero estar bien" in page
    assert "Falta por dónde llegó" in page


def test_an_intake_may_wait_and_goes_on_where_it_was(coordinator: User, man: Participant) -> None:
    went = steps(coordinator, man, ("llegada", {**ARRIVAL, "later": "1"}))
    assert went == [f"/personas/{man.folio}/ingreso/"]
    client = signed_in_client(coordinator)
    client.post(f"/personas/{man.folio}/ingreso/empezar/")
    assert Intake.objects.count() == 1
    assert "zarzamora" in client.get(f"/personas/{man.folio}/ingreso/llegada/").content.decode()


def test_who_comes_back_gets_a_new_intake_that_knows_the_old_codes(
    coordinator: User, man: Participant
) -> None:
    test_a_whole_intake_by_hand(coordinator, man)
    again = actions.start_intake(by=coordinator, folio=man.folio)
    assert Intake.objects.filter(participant=man).count() == 2
    assert sealed.answers_of(again).marital == "cohabiting"
    assert sealed.texts_of(again).empty
    assert again.route == ""


def test_only_a_court_makes_a_curp_and_without_a_letter_it_goes(
    coordinator: User, man: Participant
) -> None:
    authority = {"authority": "family_court", "letter": "yes", "curp": "more850101hdfrrl09"}
    went = steps(
        coordinator, man, ("llegada", {**ARRIVAL, "mandated": "yes"}), ("autoridad", authority)
    )
    assert went[0].endswith("/autoridad/")
    assert sealed.answers_of(Intake.objects.get()).curp == "MORE850101HDFRRL09"
    steps(coordinator, man, ("autoridad", {**authority, "letter": "no"}))
    assert sealed.answers_of(Intake.objects.get()).curp == ""
    client = signed_in_client(coordinator)
    steps(coordinator, man, ("llegada", ARRIVAL))
    assert client.get(f"/personas/{man.folio}/ingreso/autoridad/").status_code == 404


def test_no_step_asks_for_a_partners_name_or_contact(coordinator: User, man: Participant) -> None:
    steps(coordinator, man, ("llegada", {**ARRIVAL, "mandated": "yes"}))
    client = signed_in_client(coordinator)
    for step in ("llegada", "autoridad", "vida", "participar", "lugar"):
        page = client.get(f"/personas/{man.folio}/ingreso/{step}/").content.decode()
        for name in ("partner_name", "partner_phone", "phone", "guardian_name"):
            assert f'name="{name}"' not in page
    page = client.get(f"/personas/{man.folio}/ingreso/vida/").content.decode()
    assert "El nombre y el contacto de su pareja no se escriben aquí" in page


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ({"state": "20", "municipality_words": "San Juan Mixtepec"}, "(20208)"),
        ({"state": "09", "municipality_words": "Ecatepec"}, "No hay un municipio"),
        ({"state": "", "municipality_words": "Ecatepec"}, "Elige el estado"),
    ],
)
def test_a_place_in_doubt_is_asked_again(
    place: dict[str, str], said: str, coordinator: User, man: Participant
) -> None:
    steps(coordinator, man)
    answer = signed_in_client(coordinator).post(f"/personas/{man.folio}/ingreso/lugar/", place)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert place["municipality_words"] in answer.content.decode()


def test_outside_mexico_a_place_is_free_words(coordinator: User, man: Participant) -> None:
    steps(coordinator, man, ("lugar", {"state": "elsewhere", "municipality_words": "Xela"}))
    assert sealed.answers_of(Intake.objects.get()).place == "Xela"


# --- Sealed -------------------------------------------------------------------------------------


def test_answers_and_texts_lie_sealed_and_open_nowhere_else(
    coordinator: User, man: Participant, boy: Participant
) -> None:
    steps(coordinator, man, ("llegada", ARRIVAL), ("vida", LIFE))
    one = Intake.objects.get()
    assert b"zarzamora" not in bytes(one.texts or b"")
    assert b"cohabiting" not in bytes(one.answers)
    other = actions.start_intake(by=coordinator, folio=boy.folio)
    other.answers = one.answers
    with pytest.raises(SealBroken):
        sealed.answers_of(other)


def test_a_done_intake_without_a_route_is_refused_by_the_database(
    coordinator: User, man: Participant
) -> None:
    intake = actions.start_intake(by=coordinator, folio=man.folio)
    with pytest.raises(IntegrityError), transaction.atomic():
        Intake.objects.filter(pk=intake.pk).update(state="done", finished_at=clock.now())


# --- Who sees what ------------------------------------------------------------------------------


def test_who_runs_the_group_sees_what_it_prepares_and_not_the_rest(
    coordinator: User, facilitator: User, man: Participant
) -> None:
    group = GroupFactory.create(organisation=man.organisation, facilitators=[facilitator])
    group.memberships.create(participant=man)
    steps(coordinator, man, ("llegada", ARRIVAL), ("vida", LIFE), ("participar", TAKING_PART))
    page = signed_in_client(facilitator).get(f"/personas/{man.folio}/ingreso/").content.decode()
    assert "Náhuatl" in page
    assert "Oír" in page
    for words in ("ultimátum", "zarzamora", "unión libre", "un lugar adelante"):
        assert words not in page


def test_opening_an_intake_is_written_down(coordinator: User, man: Participant) -> None:
    signed_in_client(coordinator).get(f"/personas/{man.folio}/ingreso/")
    assert Event.objects.filter(kind="participant.open", subject_id=man.pk).exists()


# --- Minors -------------------------------------------------------------------------------------


def test_a_minor_has_a_step_of_his_own_and_cannot_be_finished_without_it(
    coordinator: User, boy: Participant
) -> None:
    went = steps(
        coordinator,
        boy,
        ("llegada", ARRIVAL),
        ("vida", LIFE),
        ("participar", TAKING_PART),
        ("lugar", PLACE),
    )
    assert went[-1].endswith("/ingreso/menor/")
    signed_in_client(coordinator).post(f"/personas/{boy.folio}/acuerdos/", AGREED)
    with pytest.raises(DomainError, match="no ejerce violencia"):
        actions.finish_intake(by=coordinator, folio=boy.folio)
    steps(coordinator, boy, ("menor", GUARDIAN))
    assert actions.finish_intake(by=coordinator, folio=boy.folio).state == "done"


@pytest.mark.parametrize("uses_violence", ["yes", "unknown"])
def test_who_uses_violence_or_may_use_it_does_not_sign_for_a_minor(
    uses_violence: str, coordinator: User, boy: Participant
) -> None:
    steps(coordinator, boy)
    answer = signed_in_client(coordinator).post(
        f"/personas/{boy.folio}/ingreso/menor/", {**GUARDIAN, "uses_violence": uses_violence}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "No puede firmar quien ejerce violencia" in page
    assert "Procuraduría de Protección" in page
    assert "Mtra. Elena Ríos" in page
    assert not Safeguard.objects.exists()


def test_no_name_of_who_signs_is_kept(coordinator: User, boy: Participant) -> None:
    assert not {"name", "phone", "guardian"} & set(Guardian.__slots__)
    steps(coordinator, boy, ("menor", GUARDIAN))
    assert b"grandparent" not in bytes(Safeguard.objects.get().sealed)
    assert queries.guardian_of(boy).relation == "grandparent"


def test_an_adult_has_no_such_step(coordinator: User, man: Participant) -> None:
    steps(coordinator, man)
    client = signed_in_client(coordinator)
    assert client.get(f"/personas/{man.folio}/ingreso/menor/").status_code == 404


def test_who_was_born_eighteen_years_ago_is_asked(coordinator: User) -> None:
    year = clock.now().year - 18
    man = actions.register(by=coordinator, alias="Olmo", who=Who("Leo", "Paz", "", year))
    steps(coordinator, man)
    client = signed_in_client(coordinator)
    assert 'name="adult"' in client.get(f"/personas/{man.folio}/ingreso/vida/").content.decode()
    went = steps(coordinator, man, ("vida", {**LIFE, "adult": "no"}), ("lugar", PLACE))
    assert went[-1].endswith("/menor/")


# --- Many at once, and what waits ---------------------------------------------------------------


def test_many_intakes_are_as_whole_as_one_taken_by_hand(coordinator: User) -> None:
    men = actions.register_many(by=coordinator, rows=[(f"N{n}", Who()) for n in range(30)])
    today = clock.today("America/Mexico_City")
    said = {"limits": "given", "programme": "given", "contact": "refused"}
    entries = [
        actions.NewIntake(man, {**ARRIVAL, **LIFE, "adult": "yes"}, said, today) for man in men
    ]
    with CaptureQueriesContext(connection) as asked:
        made = actions.take_in_many(by=coordinator, entries=entries)
    assert len(asked) < 12
    assert sealed.answers_of(made[3]).marital == "cohabiting"
    assert sealed.texts_of(made[3]).motive_words.startswith("zarzamora")
    assert [queries.may_join(man) for man in men[:3]] == [[], [], []]


def test_many_intakes_without_a_route_or_of_others_are_refused(
    coordinator: User, outsider: User, man: Participant
) -> None:
    said = {"limits": "given", "programme": "given"}
    entry = actions.NewIntake(man, {"motive": "anger"}, said, clock.today("America/Mexico_City"))
    with pytest.raises(DomainError, match="cómo llegó"):
        actions.take_in_many(by=coordinator, entries=[entry])
    with pytest.raises(NotVisible):
        actions.take_in_many(by=outsider, entries=[entry])


def test_what_was_begun_waits_for_who_takes_men_in(
    coordinator: User, facilitator: User, outsider: User, man: Participant
) -> None:
    actions.start_intake(by=coordinator, folio=man.folio)
    assert [one.participant for one in queries.unfinished(coordinator)] == [man]
    assert not queries.unfinished(facilitator).exists()
    assert not queries.unfinished(outsider).exists()
    assert "cómo llegó" in queries.why_not(man)
