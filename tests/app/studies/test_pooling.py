"""Several organisations together, through the screens: what leaves, what is refused, the answer."""

from __future__ import annotations

import json

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from tests.factories import pooling
from tests.factories.access import OrganisationFactory, UserFactory
from tests.people import signed_in_client

from evidencia.mixed import mmrm
from evidencia.pooling import apply_rule
from tequio.access.models import User
from tequio.audit.models import Event
from tequio.core.errors import Conflict, DomainError, Forbidden, NotVisible
from tequio.studies import pool_vault
from tequio.studies.actions import pooling as actions
from tequio.studies.models import PoolAgreement, PoolPacket
from tequio.studies.queries import pooling as queries
from tequio.studies.rules import pooling as rules

pytestmark = pytest.mark.django_db
# The sums are added in another order than the rows.
SAME = 1e-8


@pytest.fixture
def dora() -> User:
    return pooling.director_of(OrganisationFactory.create(name="Círculo Norte"))


@pytest.fixture
def agreement(dora: User) -> PoolAgreement:
    return pooling.proposed(dora)


def sent(client: Client, route: str, agreement: PoolAgreement, data: bytes) -> tuple[int, str]:
    file = SimpleUploadedFile("paquete.json", data, content_type="application/json")
    answer = client.post(reverse(f"studies:{route}", args=[agreement.pk]), {"file": file})
    return answer.status_code, answer.content.decode()


def test_eight_organisations_pooled_through_their_packets_equal_their_stacked_rows() -> None:
    """Each in its own house: one proposes, seven join, all send and bring; nobody moves a row."""
    houses = [OrganisationFactory.create(name=f"Casa {n}") for n in range(8)]
    heads = [pooling.director_of(house) for house in houses]
    first = pooling.proposed(heads[0], named=True)
    _agreement, file = queries.agreement_file(heads[0], first.pk)
    _agreement, key = actions.show_key(by=heads[0], agreement_id=first.pk)
    agreements = [first] + [
        actions.join(by=head, file=file, key=key.lower(), named=False) for head in heads[1:]
    ]
    rows = [pooling.answers(24 + 3 * n, n, change=-0.5 - 0.1 * n) for n in range(8)]
    files = []
    for head, mine, outcome in zip(heads, agreements, rows, strict=True):
        frozen = pooling.data_set(head, outcome)
        actions.sum_up(by=head, agreement_id=mine.pk, data_set_id=frozen.pk)
        files.append(actions.send(by=head, agreement_id=mine.pk)[1].encode())
    for data in files[1:]:
        actions.bring(by=heads[0], agreement_id=first.pk, data=data)

    found = queries.pool(heads[0], first.pk)
    assert found.answer is not None
    ruled = [apply_rule(y, np.full(len(y), "programme"), 5).outcome for y in rows]
    # In the order in which the packets are read: by label; which is the reference changes nothing.
    home = np.repeat(np.arange(8), [len(y) for y in rows])
    dummies = (home[:, None] == np.arange(1, 8)).astype(float)
    whole = mmrm(np.vstack(ruled), covariates=dummies).change("1", 1)
    ours = found.answer.stacked
    for name in ("estimate", "se", "df", "ci_low", "ci_high"):
        assert getattr(ours, name) == pytest.approx(getattr(whole, name), rel=SAME)
    assert (ours.n_units, ours.n_obs) == (whole.n_units, whole.n_obs)
    # The rule matters, so the check can fail.
    bare = mmrm(np.vstack(rows), covariates=dummies).change("1", 1)
    lost = sum(queries.opened(first, packet).loss.answers_lost for packet in found.packets)
    assert (ours.estimate == pytest.approx(bare.estimate, rel=SAME)) == (lost == 0)


def test_the_whole_way_on_the_screens(dora: User) -> None:
    client = signed_in_client(dora)
    outcome = pooling.answers(32, 7)
    form = {
        "title": "Control, ocho casas",
        "measure": "conductas-el:control_count",
        "last": "T3",
        "arms": "one",
        "fewest": "5",
        "named": "no",
    }
    made = client.post(reverse("studies:new-pool"), form)
    agreement = PoolAgreement.objects.get()
    assert made.headers["Location"] == reverse("studies:pool", args=[agreement.pk])
    nothing = client.get(reverse("studies:pool-packet", args=[agreement.pk])).content.decode()
    assert "No hay datos publicados que contesten el acuerdo" in nothing
    frozen = pooling.data_set(dora, outcome)
    page = client.get(reverse("studies:pool-packet", args=[agreement.pk])).content.decode()
    assert "Lo que nunca sale" in page
    assert "m0003" not in page  # the code of a man, in the frozen rows
    client.post(reverse("studies:pool-packet", args=[agreement.pk]), {"datos": str(frozen.pk)})
    leaves = client.post(reverse("studies:pool-packet-file", args=[agreement.pk]))
    body = json.loads(leaves.content)["packet"]
    assert sum(cell["n"] for cell in body["cells"]) == 32
    assert all(cell["n"] >= 5 for cell in body["cells"])
    assert Event.objects.filter(kind="export", detail__what="pool.packet").count() == 1

    other = pooling.packet_text(agreement, "Casa Sur", pooling.answers(30, 9))
    assert sent(client, "pool-bring", agreement, other)[0] == 302
    answer = client.get(reverse("studies:pool", args=[agreement.pk])).content.decode()
    for words in ("Tu organización", "Casa Sur", "Lo que no se puede decir", "No se sabe"):
        assert words in answer
    assert agreement.label not in answer.replace(f"Sin nombre ({agreement.label[-9:]})", "")


def test_what_the_preview_shows_is_what_leaves_letter_by_letter(
    dora: User, agreement: PoolAgreement
) -> None:
    frozen = pooling.data_set(dora, pooling.answers(30, 3))
    shown = queries.preview(dora, agreement, frozen.pk).text
    actions.sum_up(by=dora, agreement_id=agreement.pk, data_set_id=frozen.pk)

    assert actions.send(by=dora, agreement_id=agreement.pk)[1] == shown


def test_a_bad_signature_another_design_a_double_and_a_replay_are_each_told_apart(
    dora: User, agreement: PoolAgreement
) -> None:
    client = signed_in_client(dora)
    good = pooling.packet_text(agreement, "Casa Sur", pooling.answers(30, 1))
    assert sent(client, "pool-bring", agreement, good)[0] == 302
    loose = queries.design_of(agreement)
    other = rules.PooledDesign(loose.outcome, loose.waves, loose.arms, threshold=3)
    again = json.dumps(json.loads(good), indent=4).encode()
    wrong = {
        good.replace(b'"n": ', b'"n": 1'): "La firma no corresponde",
        pooling.packet_text(
            agreement, "Casa Sur", pooling.answers(30, 2), key=b"x" * 32
        ): "La firma no corresponde",
        pooling.packet_text(
            agreement, "Centro", pooling.answers(30, 2), design=other
        ): "se hizo con otras reglas",
        pooling.packet_text(
            agreement, "Centro", pooling.answers(30, 2), code="7K2M-9QXC"
        ): "es de otro acuerdo (7K2M-9QXC)",
        good: "Este mismo paquete ya está aquí",
        again: "Este mismo paquete ya está aquí",
        pooling.packet_text(
            agreement, "Casa Sur", pooling.answers(31, 4)
        ): "Ya hay un paquete de Casa Sur",
        pooling.packet_text(
            agreement, agreement.label, pooling.answers(31, 4)
        ): "lleva el nombre de tu organización",
        b"{}": "no es un paquete de evidencia",
        b"\xff\xfe": "no es un paquete de evidencia",
        b"[" * 50_000: "no es un paquete de evidencia",
    }
    for data, sentence in wrong.items():
        status, page = sent(client, "pool-bring", agreement, data)
        assert status == 422, sentence
        assert sentence in page

    assert PoolPacket.objects.count() == 1


def test_the_database_counts_each_organisation_once_and_changes_no_packet(
    dora: User, agreement: PoolAgreement
) -> None:
    packet = pooling.brought(dora, agreement, "Casa Sur", 1)
    twin = PoolPacket(agreement=agreement, label="Casa Sur", own=False, came_by=dora)
    twin.sealed, twin.sha256, twin.people = packet.sealed, "0" * 64, 30
    with pytest.raises(DatabaseError), transaction.atomic():
        twin.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        PoolPacket.objects.update(people=31)


def test_one_packet_is_made_and_only_of_what_was_published(
    dora: User, agreement: PoolAgreement
) -> None:
    early = pooling.data_set(dora, pooling.answers(30, 1), published=False)
    with pytest.raises(NotVisible):
        actions.sum_up(by=dora, agreement_id=agreement.pk, data_set_id=early.pk)
    frozen = pooling.data_set(dora, pooling.answers(30, 1))
    actions.sum_up(by=dora, agreement_id=agreement.pk, data_set_id=frozen.pk)
    with pytest.raises(Conflict, match="ya está hecho"):
        actions.sum_up(by=dora, agreement_id=agreement.pk, data_set_id=frozen.pk)


def test_too_few_men_are_not_summed_up_and_the_page_says_so(
    dora: User, agreement: PoolAgreement
) -> None:
    pooling.data_set(dora, pooling.answers(4, 1))
    page = signed_in_client(dora).get(reverse("studies:pool-packet", args=[agreement.pk]))

    assert page.status_code == 422
    assert "Este paquete no puede salir" in page.content.decode()


def test_a_wrong_key_or_file_does_not_join(agreement: PoolAgreement) -> None:
    head = pooling.director_of(OrganisationFactory.create())
    file = rules.as_file(_terms(agreement), pool_vault.open_key(agreement))
    key = rules.spell(pool_vault.open_key(agreement))
    swapped = ("1" if key[0] == "0" else "0") + key[1:]
    others = rules.spell(b"k" * 32)
    for given, said, sentence in (
        (file, key[:-5], "56 letras"),
        (file, swapped, "letra cambiada"),
        (file, others, "no es la de este acuerdo"),
        (file.replace('"threshold": 5', '"threshold": 4'), key, "el archivo cambió"),
        ("{}", key, "no es un acuerdo"),
    ):
        with pytest.raises(DomainError) as caught:
            actions.join(by=head, file=given, key=said, named=True)
        assert sentence in str(caught.value)
    actions.join(by=head, file=file, key=key.replace(" ", "").lower(), named=True)
    with pytest.raises(Conflict):
        actions.join(by=head, file=file, key=key, named=True)


def _terms(agreement: PoolAgreement) -> rules.Terms:
    return rules.Terms(
        agreement.code,
        agreement.title,
        agreement.instrument,
        agreement.version,
        agreement.measure,
        queries.design_of(agreement),
    )


def test_neither_key_nor_sums_lie_in_clear(dora: User, agreement: PoolAgreement) -> None:
    packet = pooling.brought(dora, agreement, "Casa Sur", 1)

    assert pool_vault.open_key(agreement) not in bytes(agreement.sealed_key)
    assert b"cells" not in bytes(packet.sealed)
    for event in Event.objects.all():
        assert rules.spell(pool_vault.open_key(agreement))[:9] not in json.dumps(event.detail)


def test_an_evaluator_reads_the_answer_and_sends_nothing(
    dora: User, agreement: PoolAgreement
) -> None:
    for seed, name in enumerate("ab"):
        pooling.brought(dora, agreement, name, seed)
    elena = UserFactory.create(organisation=dora.organisation, roles=["evaluator"])
    page = signed_in_client(elena).get(reverse("studies:pool", args=[agreement.pk]))

    assert page.status_code == 200
    assert "Traer otro" not in page.content.decode()
    with pytest.raises(Forbidden):
        actions.show_key(by=elena, agreement_id=agreement.pk)


def test_a_packet_of_others_can_be_taken_out_and_ours_cannot(
    dora: User, agreement: PoolAgreement
) -> None:
    packet = pooling.brought(dora, agreement, "Casa Sur", 1)
    frozen = pooling.data_set(dora, pooling.answers(30, 1))
    ours = actions.sum_up(by=dora, agreement_id=agreement.pk, data_set_id=frozen.pk)
    actions.drop(by=dora, packet_id=packet.pk)
    with pytest.raises(Conflict):
        actions.drop(by=dora, packet_id=ours.pk)

    assert list(agreement.packets.values_list("own", flat=True)) == [True]
