"""The minimum diagnosis: one short step after another, sealed, and then somebody judges."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.care import ANSWERS, admissible, answered, diagnosed
from tests.factories.circles import GroupFactory, MembershipFactory
from tests.factories.people import ParticipantFactory
from tests.people import signed_in_client

from tequio.access.models import User
from tequio.audit.models import Event
from tequio.care.actions import diagnosis, plans
from tequio.care.actions.plans import Track
from tequio.care.models import Diagnosis, Plan
from tequio.care.queries.pages import answers_of, parts, plan_of
from tequio.core import clock
from tequio.core.errors import DomainError, Forbidden, NotVisible
from tequio.core.sealing import SealBroken
from tequio.people.actions import forget_texts
from tequio.people.models import Participant


@pytest.fixture
def man(coordinator: User) -> Participant:
    return ParticipantFactory.create(organisation=coordinator.organisation, alias="Faro")


def test_what_he_told_is_sealed_and_bound_to_its_row(
    coordinator: User, therapist: User, man: Participant
) -> None:
    answered(coordinator, man)
    draft = Diagnosis.objects.get()
    sealed = bytes(draft.sealed)
    assert b"cocina" not in sealed
    assert b"physical" not in sealed

    other = ParticipantFactory.create(organisation=man.organisation)
    elsewhere = diagnosis.begin(by=therapist, folio=other.folio)
    elsewhere.sealed = sealed
    with pytest.raises(SealBroken):
        answers_of(elsewhere)


def test_beginning_again_goes_on_with_the_same_draft(
    coordinator: User, therapist: User, man: Participant
) -> None:
    first = diagnosis.begin(by=coordinator, folio=man.folio)
    assert diagnosis.begin(by=therapist, folio=man.folio) == first


def test_leaving_a_step_keeps_what_the_others_hold(coordinator: User, man: Participant) -> None:
    answered(coordinator, man)
    diagnosis.answer(
        by=coordinator,
        folio=man.folio,
        step="peligro",
        given={"weapons": "at_hand", "words": {"peligro": "En el ropero"}},
    )
    answers = answers_of(Diagnosis.objects.get())
    assert answers["weapons"] == "at_hand"
    assert answers["said"] == "yes"
    assert set(answers["words"]) == {"cuando", "peligro"}


def test_finishing_says_which_steps_lack_something(coordinator: User, man: Participant) -> None:
    diagnosis.begin(by=coordinator, folio=man.folio)
    diagnosis.answer(by=coordinator, folio=man.folio, step="que", given=ANSWERS["que"])
    with pytest.raises(DomainError, match="Contra quién"):
        diagnosis.finish(by=coordinator, folio=man.folio)
    assert Diagnosis.objects.get().state == "draft"


def test_finishing_opens_the_intake_review_and_judges_nothing(
    coordinator: User, man: Participant
) -> None:
    review = diagnosed(coordinator, man)
    assert (review.trigger, review.state, review.level) == ("intake", "open", "")
    with pytest.raises(NotVisible):
        diagnosis.answer(by=coordinator, folio=man.folio, step="que", given=ANSWERS["que"])


def test_a_type_that_the_law_did_not_know_that_day_is_refused(
    coordinator: User, man: Participant
) -> None:
    with clock.at(datetime(2023, 5, 1, 18, tzinfo=UTC)):
        diagnosis.begin(by=coordinator, folio=man.folio)
        with pytest.raises(DomainError, match="catálogo"):
            given = {"said": "yes", "types": ["vicarious"], "against": {"vicarious": ["children"]}}
            diagnosis.answer(by=coordinator, folio=man.folio, step="quien", given=given)


def test_who_facilitates_reads_and_does_not_take_it(
    coordinator: User, facilitator: User, evaluator: User, man: Participant
) -> None:
    diagnosed(coordinator, man)
    with pytest.raises(NotVisible):
        diagnosis.read(by=facilitator, folio=man.folio)
    group = GroupFactory.create(organisation=man.organisation, facilitators=[facilitator])
    MembershipFactory.create(group=group, participant=man)
    assert diagnosis.read(by=facilitator, folio=man.folio)
    assert Event.objects.get(kind="diagnosis.read").actor_label == facilitator.login
    with pytest.raises(Forbidden):
        diagnosis.begin(by=facilitator, folio=man.folio)
    with pytest.raises(NotVisible):
        diagnosis.read(by=evaluator, folio=man.folio)


# --- Plans ----------------------------------------------------------------------------------------


def decide(by: User, man: Participant, **given: object) -> Plan:
    plan = {
        "decision": "here",
        "tracks": [Track("group", "Puede martes")],
        "why": "Quiere",
        **given,
    }
    return plans.decide(by=by, folio=man.folio, **plan)  # type: ignore[arg-type]


def test_a_plan_comes_after_the_diagnosis(coordinator: User, man: Participant) -> None:
    with pytest.raises(DomainError, match="Antes del plan"):
        decide(coordinator, man)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"why": " "}, "lleva sus razones"),
        ({"tracks": []}, "Falta al menos un camino"),
        ({"tracks": [Track("group", "")]}, "Falta la razón de: Grupo de reflexión"),
        ({"decision": "elsewhere", "tracks": []}, "Falta decir a dónde"),
        ({"decision": "nowhere"}, "no existe"),
        ({"tracks": [Track("couple", "Los dos juntos")]}, "no existe"),
    ],
)
def test_a_plan_without_its_reasons_is_refused(
    coordinator: User, man: Participant, given: dict[str, object], says: str
) -> None:
    diagnosed(coordinator, man)
    with pytest.raises(DomainError, match=says):
        decide(coordinator, man, **given)


def test_a_new_plan_replaces_the_one_before_and_keeps_it(
    coordinator: User, man: Participant
) -> None:
    diagnosed(coordinator, man)
    decide(coordinator, man)
    decide(coordinator, man, decision="elsewhere", tracks=[], where="Clínica del barrio")
    assert Plan.objects.filter(participant=man).count() == 2
    page = plan_of(man)
    assert page is not None
    assert page.where == "Clínica del barrio"


# --- Pages ----------------------------------------------------------------------------------------


@pytest.fixture
def client(coordinator: User) -> Client:
    return signed_in_client(coordinator)


def address(man: Participant, step: str) -> str:
    return reverse("care:diagnosis", kwargs={"folio": man.folio, "part": step})


def test_a_whole_diagnosis_on_the_pages(client: Client, man: Participant) -> None:
    begun = client.post(reverse("care:begin-diagnosis", kwargs={"folio": man.folio}))
    assert begun["Location"] == address(man, "que")
    typed: dict[str, dict[str, object]] = {
        "que": {"said": "yes", "types": ["physical"]},
        "quien": {"physical": ["partner", "children"]},
        "cuando": {
            "physical-partner": "week",
            "physical-children": "year",
            "words": "La empujé.",
        },
        "peligro": ANSWERS["peligro"],
        "relacion": ANSWERS["relacion"],
        "salud": ANSWERS["salud"],
        "necesidades": ANSWERS["necesidades"],
    }
    at = "que"
    for slug, given in typed.items():
        assert at == slug
        assert client.get(address(man, slug)).status_code == 200
        at = client.post(address(man, slug), given)["Location"].split("/")[-2]
    assert at == "revisar"
    shown = client.get(address(man, "revisar")).content.decode()
    assert "Física, contra: Mi pareja" in shown
    assert "La empujé." in shown

    done = client.post(address(man, "revisar"))
    page = client.get(done["Location"]).content.decode()
    assert "Revisión: Ingreso" in page
    assert (
        "Terminado"
        in client.get(reverse("care:overview", kwargs={"folio": man.folio})).content.decode()
    )


def test_finishing_too_early_keeps_everything_and_says_what_lacks(
    client: Client, coordinator: User, man: Participant
) -> None:
    diagnosis.begin(by=coordinator, folio=man.folio)
    answer = client.post(address(man, "revisar"))
    assert answer.status_code == 422
    assert "Todavía falta algo en" in answer.content.decode()


def test_who_thinks_of_dying_sees_the_protocol_on_every_step(
    client: Client, coordinator: User, man: Participant
) -> None:
    diagnosis.begin(by=coordinator, folio=man.folio)
    diagnosis.answer(by=coordinator, folio=man.folio, step="salud", given={"suicide": "plan"})
    page = client.get(address(man, "necesidades")).content.decode()
    assert page.index("tel:911") < page.index("data-guard")


def test_steps_that_are_not_asked_lead_back(client: Client, man: Participant) -> None:
    assert client.get(address(man, "que")).status_code == 302  # nobody began
    assert client.get(address(man, "puntaje")).status_code == 404


def test_the_review_page_shows_no_level_number_or_total(
    client: Client, coordinator: User, man: Participant
) -> None:
    review = diagnosed(coordinator, man)
    page = client.get(reverse("care:review", kwargs={"review_id": review.pk})).content.decode()
    assert "Lo que ella sepa o diga no se usa aquí" in page
    assert not [part for part in parts(answers_of(Diagnosis.objects.get())) if not part.whole]
    for word in ("puntaje", "Puntaje", "Total", "puntos de"):
        assert word not in page
    assert 'name="level" value="low" checked' not in page


def test_two_people_close_a_high_review_on_the_pages(
    client: Client, therapist: User, coordinator: User, man: Participant
) -> None:
    review = diagnosed(coordinator, man)

    def go(name: str, who: Client, **given: object) -> int:
        url = reverse(f"care:{name}", kwargs={"review_id": review.pk})
        return who.post(url, given).status_code

    words = {"words": "El arma está con su hermano."}
    judgement = {"level": "high", "reasons": ["weapons"], "why": "Tiene un arma."}
    assert go("judge", client, level="high") == 422
    assert go("judge", client, **judgement) == 302
    assert go("close", client, **words) == 302
    assert go("confirm", client, **words) == 422
    other = signed_in_client(therapist)
    assert go("send-back", other, **words) == 302
    assert go("close", client, **words) == 302
    assert go("confirm", other, **words) == 302
    review.refresh_from_db()
    assert review.state == "closed"
    assert review.second == therapist


def test_the_plan_asks_first_what_and_then_why(
    client: Client, coordinator: User, man: Participant
) -> None:
    admissible(coordinator, man)
    url = reverse("care:plan", kwargs={"folio": man.folio})
    assert client.post(url, {"decision": "here"}).status_code == 422
    chosen = {"decision": "here", "tracks": ["group", "addiction"]}
    asked = client.post(url, chosen)
    assert asked.status_code == 200
    assert "why_addiction" in asked.content.decode()
    lacking = client.post(url, {**chosen, "reasons": "1", "why": "x", "why_group": "Martes"})
    assert lacking.status_code == 422
    assert "Martes" in lacking.content.decode()
    reasons = {"why": "x", "why_group": "Martes", "why_addiction": "Toma", "where_addiction": "AA"}
    assert client.post(url, {**chosen, "reasons": "1", **reasons}).status_code == 302
    page = client.get(reverse("care:overview", kwargs={"folio": man.folio})).content.decode()
    assert "Alcohol o drogas</strong> (AA): Toma" in page


# --- Forgetting -----------------------------------------------------------------------------------


def test_after_ninety_days_his_words_go_and_the_codes_stay(
    coordinator: User, man: Participant
) -> None:
    other = ParticipantFactory.create(organisation=man.organisation)
    admissible(coordinator, man)
    diagnosed(coordinator, other)  # his review is still open
    later = clock.now() + timedelta(days=91)
    with clock.at(later):
        assert forget_texts() == 1
        assert forget_texts() == 0
    mine, his = (answers_of(one.diagnoses.get()) for one in (man, other))
    assert "words" not in mine
    assert mine["types"] == ["psychological", "physical"]
    assert his["words"]
    assert Event.objects.get(kind="diagnosis.forget_words").detail == {"count": 1}
