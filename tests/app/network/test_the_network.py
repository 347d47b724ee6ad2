"""Who is in the network: written down over time, drawn, compared, and nobody else's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.people import signed_in_client

from tequio.access.models import User
from tequio.core import clock, ids
from tequio.core.errors import Conflict, DomainError, Forbidden, NotVisible
from tequio.network import findings
from tequio.network.actions import stakeholders as actions
from tequio.network.models import Agreement, Commitment, Stakeholder, Tie
from tequio.network.queries import stakeholders as queries

pytestmark = pytest.mark.django_db
EVENING = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
TODAY, BEFORE = date(2026, 11, 20), date(2026, 3, 1)


@pytest.fixture(autouse=True)
def evening() -> Iterator[None]:
    with clock.at(EVENING):
        yield


def who(by: User, name: str, kind: str = "organisation", **more: object) -> Stakeholder:
    return actions.add(by=by, who=actions.Who(name, kind, **more))  # type: ignore[arg-type]


def tied(by: User, one: Stakeholder, other: Stakeholder, kind: str, on: date) -> Tie:
    return actions.tie(
        by=by,
        source_id=one.pk,
        target_id=other.pk,
        kind=kind,
        observed_on=on,
        told_by="La directora",
    )


@pytest.fixture
def square(promoter: User) -> dict[str, Stakeholder]:
    """A health centre through which three others reach each other, and a church alone."""
    kinds = {"Centro de Salud": "health", "Escuela": "education", "Vecinas": "group"}
    kinds["DIF"] = "health"
    made = {name: who(promoter, name, kind, needs=("health",)) for name, kind in kinds.items()}
    made["Parroquia"] = who(promoter, "Parroquia", "faith")
    made["us"] = Stakeholder.objects.get(is_us=True)
    for name in ("Escuela", "Vecinas", "DIF", "us"):
        tied(promoter, made["Centro de Salud"], made[name], "works", BEFORE)
    return made


def test_it_says_on_whom_the_network_hangs_who_is_alone_and_what_nobody_attends(
    promoter: User, square: dict[str, Stakeholder]
) -> None:
    network = queries.networks(promoter, TODAY)[0]
    said = " ".join(f"{one.title}: {one.text}" for one in findings.findings(network))
    assert "Centro de Salud se liga con 4" in said
    assert "60\u00a0% de los pares" in said
    assert "Parroquia" in said
    assert "asesoría legal" in said
    assert "salud y atención médica" not in said


def test_two_days_are_compared_with_what_held_on_each(
    promoter: User, square: dict[str, Stakeholder]
) -> None:
    old = Tie.objects.get(target=square["DIF"])
    actions.end_tie(by=promoter, tie_id=old.pk, on=date(2026, 9, 1))
    tied(promoter, square["Parroquia"], square["Vecinas"], "refers", date(2026, 10, 1))
    first, second = queries.networks(promoter, date(2026, 6, 1), TODAY)
    change = findings.change(first, second)
    assert change.begun == ["Parroquia manda gente a Vecinas"]
    assert change.over == ["Centro de Salud trabaja con DIF"]
    page = signed_in_client(promoter).get(
        reverse("network:change"), {"before": "2026-06-01", "after": "2026-11-20"}
    )
    assert page.content.decode().count('class="tie is-refers is-new"') == 1


def test_the_page_draws_everybody_and_the_list_says_the_same(
    promoter: User, square: dict[str, Stakeholder]
) -> None:
    page = signed_in_client(promoter).get(reverse("network:picture")).content.decode()
    for one in Stakeholder.objects.all():
        assert page.count(f"<title>{one.name}</title>") == 1
        assert reverse("network:stakeholder", args=[one.pk]) in page
    assert page.count('class="tie is-works"') == 4
    assert "style=" not in page


def test_five_hundred_keep_to_twelve_queries(promoter: User) -> None:
    rows = [
        Stakeholder(
            organisation=promoter.organisation,
            name=f"Grupo {n:03}",
            name_key=f"grupo {n:03}",
            kind="group",
            added_by=promoter,
        )
        for n in range(500)
    ]
    Stakeholder.objects.bulk_create(rows)
    Tie.objects.bulk_create(
        Tie(
            organisation=promoter.organisation,
            source=rows[n % 500],
            target=rows[(n * 7 + 1) % 500],
            kind=("works", "refers", "wants")[n % 3],
            observed_on=BEFORE,
            told_by="x",
            written_by=promoter,
            id=ids.new_id(),
        )
        for n in range(800)
        if n % 500 != (n * 7 + 1) % 500 and n < 500
    )
    client = signed_in_client(promoter)
    for name in ("picture", "change", "stakeholders", "agreements"):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(f"network:{name}")).status_code == 200
        assert len(asked) <= 12, name


def test_a_form_half_filled_keeps_what_was_typed_and_says_what_is_missing(
    promoter: User, square: dict[str, Stakeholder]
) -> None:
    client = signed_in_client(promoter)
    address = reverse("network:agree", args=[square["DIF"].pk])
    sent = {"agree-what": "Dos citas por semana", "agree-starts_on": "2026-11-20",
            "agree-signed_by_them": "Directora"}  # fmt: skip
    answer = client.post(address, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "La firma está a medias" in page
    assert "Dos citas por semana" in page
    more = {"agree-signed_on": "2026-11-20", "agree-signed_by_us": "Maru"}
    assert client.post(address, sent | more).status_code == 302
    made = Agreement.objects.get()
    actions.end_agreement(by=promoter, agreement_id=made.pk, on=TODAY, because="Cambió")
    with pytest.raises(Conflict):
        actions.end_agreement(by=promoter, agreement_id=made.pk, on=TODAY, because="")


def test_a_tie_is_written_from_either_end_and_only_once(
    promoter: User, square: dict[str, Stakeholder]
) -> None:
    client = signed_in_client(promoter)
    address = reverse("network:tie", args=[square["DIF"].pk])
    sent = {"tie-way": "in:refers", "tie-other": str(square["Escuela"].pk),
            "tie-observed_on": "2026-11-20", "tie-told_by": "La trabajadora social"}  # fmt: skip
    assert client.post(address, sent).status_code == 302
    made = Tie.objects.get(kind="refers")
    assert (made.source, made.target) == (square["Escuela"], square["DIF"])
    answer = client.post(address, sent)
    assert answer.status_code == 422
    assert "Ese lazo ya está anotado" in answer.content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        Tie.objects.filter(pk=made.pk).update(target=square["Escuela"])


def test_commitments_are_kept_one_after_the_other_and_who_left_is_not_in_the_picture(
    promoter: User, square: dict[str, Stakeholder]
) -> None:
    dif = square["DIF"]
    for level, since in (("helps", BEFORE), ("left", date(2026, 8, 1))):
        actions.commit(by=promoter, stakeholder_id=dif.pk, level=level, since=since)
    first, second = queries.networks(promoter, date(2026, 6, 1), TODAY)
    assert dif in first.who
    assert dif not in second.who
    assert Commitment.objects.filter(stakeholder=dif).count() == 2
    with pytest.raises(DomainError):
        actions.commit(by=promoter, stakeholder_id=dif.pk, level="helps", since=date(2027, 1, 1))


def test_coordination_sees_and_does_not_write_and_the_men_s_side_sees_nothing(
    promoter: User,
    coordinator: User,
    facilitator: User,
    outsider: User,
    square: dict[str, Stakeholder],
) -> None:
    assert queries.listed(coordinator)
    assert queries.listed(facilitator) == []
    assert queries.listed(outsider) == []
    with pytest.raises(Forbidden):
        actions.us(by=coordinator)
    with pytest.raises((Forbidden, NotVisible)):
        actions.commit(by=outsider, stakeholder_id=square["DIF"].pk, level="helps", since=BEFORE)
