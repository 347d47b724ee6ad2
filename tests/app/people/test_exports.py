"""Answers leave without a name, only of men who agreed, counted, and in shapes others can read."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.urls import reverse
from tests.factories.assessments import answered
from tests.factories.people import ConsentFactory, ParticipantFactory
from tests.people import *  # noqa: F403
from tests.people import signed_in_client

from evidencia.simulate.programme import draw_programme, model
from evidencia.simulate.programme.tables import tables
from tequio.access.models import User
from tequio.audit.models import Event
from tequio.config import evaluate
from tequio.core import ids
from tequio.core.tabular import read_workbook
from tequio.instruments.definitions import newest
from tequio.instruments.exports import TruncatedError, as_csv, layout
from tequio.people.actions import exports
from tequio.people.models import Assessment, Participant
from tequio.people.rules.evaluation_file import HEADER

PLAN = """
[study]
title = "Lo que dicen los hombres"
question = "¿Cambia lo que dicen?"
design = "single_arm"
language = "es"

[estimand]
population = "Hombres que empezaron"
treatment = "El programa"
variable = "Violencia física que él dice"
summary = "Diferencia de proporciones"

[[estimand.intercurrent]]
event = "deja de venir"
strategy = "treatment_policy"

[data]
unit = "man"
wave = "wave"
waves = ["T0", "T3"]
informant = "informant"

[[outcome]]
name = "physical"
label = "Violencia física"
kind = "binary"
direction = "lower_is_better"
violence = "physical"
informant = "man"
primary = true
"""
NEVER = dict.fromkeys((item.id for item in newest("conductas-el").instrument.items), "never")


@pytest.fixture
def man(coordinator: User) -> Participant:
    man = ParticipantFactory.create(organisation=coordinator.organisation, alias="Nogal")
    ConsentFactory.create(participant=man, purpose="evaluation")
    return man


def download(user: User, **sent: str) -> list[list[str]]:
    answer = signed_in_client(user).post(reverse("people:export"), sent)
    assert answer.status_code == 200
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert len(rows) - 1 == int(answer["X-Row-Count"])
    return rows


def test_a_file_names_nobody_and_gives_another_number_each_time(
    evaluator: User, coordinator: User, man: Participant
) -> None:
    answered(coordinator, man, {"audit_1": "0", "audit_9": "0", "audit_10": "0"}, "audit")
    first = download(evaluator, instrument="audit", layout="ancha")
    second = download(evaluator, instrument="audit", layout="ancha")
    text = str(first)
    assert man.folio not in text and "Nogal" not in text and str(man.pk) not in text
    assert first[1][0] != second[1][0] and first[1][1:] == second[1][1:]
    row = dict(zip(*first, strict=True))
    assert (row["score_total"], row["score_total_answered"], row["audit_2"]) == ("0", "10", "")
    assert Event.objects.filter(kind="export").count() == 2


def test_who_did_not_agree_or_took_it_back_is_in_no_file(
    evaluator: User, coordinator: User, man: Participant
) -> None:
    silent = ParticipantFactory.create(organisation=coordinator.organisation)
    for one in (man, silent):
        answered(coordinator, one, {"phq_1": "1"})
    assert len(download(evaluator, instrument="phq-9", layout="ancha")) == 2
    ConsentFactory.create(participant=man, purpose="evaluation", decision="withdrawn")
    assert len(download(evaluator, instrument="phq-9", layout="ancha")) == 1


def test_long_has_a_row_for_every_question_and_labels(
    evaluator: User, coordinator: User, man: Participant
) -> None:
    answered(coordinator, man, {"phq_1": "2", "phq_2": "prefers_not"})
    rows = download(evaluator, instrument="phq-9", layout="larga")
    assert len(rows) == 11
    assert rows[1][4:] == [
        "phq_1",
        "Poco interés o placer en hacer las cosas",
        "2",
        "Más de la mitad de los días",
        "2",
    ]
    assert rows[2][6:] == ["prefers_not", "Prefiero no decir", ""]


def test_redcap_gets_its_names(evaluator: User, coordinator: User, man: Participant) -> None:
    answered(coordinator, man, {"signos": "body words", "retiro": "yes"}, "diario-retiro")
    head, row = download(evaluator, instrument="diario-retiro", layout="redcap")
    assert head[:2] == ["record_id", "redcap_event_name"]
    said = dict(zip(head, row, strict=True))
    assert (said["signos___body"], said["signos___thoughts"], said["retiro"]) == ("1", "0", "yes")
    assert said["diario_retiro_complete"] == "2"


def test_who_would_rather_not_say_has_said_no_to_nothing(
    evaluator: User, coordinator: User, man: Participant
) -> None:
    answered(coordinator, man, {"signos": "prefers_not", "retiro": "yes"}, "diario-retiro")
    head, row = download(evaluator, instrument="diario-retiro", layout="redcap")
    said = {name: cell for name, cell in zip(head, row, strict=True) if name.startswith("signos_")}
    assert said.pop("signos___prefers_not") == "1"
    assert set(said.values()) == {""}


def test_a_workbook_has_its_codebook(evaluator: User, coordinator: User, man: Participant) -> None:
    answered(coordinator, man, {"phq_1": "1"})
    client = signed_in_client(evaluator)
    sent = {"instrument": "phq-9", "layout": "ancha", "kind": "xlsx"}
    book = read_workbook(client.post(reverse("people:export"), sent).content, "x.xlsx")
    data, codes, reliable = book.sheets
    head = [str(one) for one in reliable.rows[0]]
    assert reliable.rows[1][head.index("whole answers")] == 0
    assert len(data.rows) == 2
    said = {row[0]: row for row in codes.rows}
    assert "0 Nunca; 1 Varios días" in str(said["phq_1"][3])
    assert "Pfizer" in str(codes.rows[1][5])


def test_what_somebody_wrote_is_never_computed(
    evaluator: User, coordinator: User, man: Participant
) -> None:
    answered(coordinator, man, {"aprendi": '=HYPERLINK("x")'}, "diario-retiro")
    rows = download(evaluator, instrument="diario-retiro", layout="ancha")
    assert '\'=HYPERLINK("x")' in rows[1]


def test_a_row_that_goes_away_breaks_the_file_off(
    evaluator: User, coordinator: User, man: Participant
) -> None:
    row = answered(coordinator, man, {"phq_1": "1"})
    shape = layout("ancha")
    assert shape is not None
    found = exports.export(by=evaluator, slug="phq-9", layout=shape)
    Assessment.objects.filter(pk=row.pk).delete()
    with pytest.raises(TruncatedError):
        list(as_csv(found.header, found.rows, announced=found.announced))


def test_a_count_that_does_not_fit_breaks_the_file_off() -> None:
    with pytest.raises(TruncatedError):
        list(as_csv(("a",), iter([("1",)]), announced=2))


@pytest.mark.parametrize("slug", ["conductas-ella", "espacio-ella", "epv-r", "cts2"])
def test_hers_never_leaves_as_rows(evaluator: User, slug: str) -> None:
    sent = {"instrument": slug, "layout": "ancha"}
    assert signed_in_client(evaluator).post(reverse("people:export"), sent).status_code == 404


def test_another_organisation_is_not_in_the_file(
    evaluator: User, outsider: User, man: Participant
) -> None:
    other = ParticipantFactory.create(organisation=outsider.organisation)
    ConsentFactory.create(participant=other, purpose="evaluation")
    answered(outsider, other, {"phq_1": "1"})
    assert len(download(evaluator, instrument="phq-9", layout="ancha")) == 1


def test_the_mens_file_has_the_columns_that_the_simulator_writes() -> None:
    drawn = draw_programme(model("guia-simetria"), scenario="benefit", men=20, seed=1)
    assert tables(drawn)["answers"].columns == HEADER


def test_the_mens_file_is_one_that_evaluate_accepts(
    evaluator: User, coordinator: User, tmp_path: Path
) -> None:
    for n in range(12):
        man = ParticipantFactory.create(organisation=coordinator.organisation)
        ConsentFactory.create(participant=man, purpose="evaluation")
        way = ids.new_id()
        for wave, month, hits in (("T0", 1, n < 9), ("T3", 4, n < 5)):
            said = NEVER | ({"golpe": "few"} if hits else {})
            if n == 11 and wave == "T3":
                said = {"insulto": "once"}  # who stops half-way is not a «no»
            on = datetime(2026, month, 10, 18, tzinfo=UTC)
            answered(coordinator, man, said, "conductas-el", wave=wave, way=way, on=on)
    rows = download(evaluator, instrument="evaluacion")
    assert tuple(rows[0]) == HEADER and len(rows) == 25
    told = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    assert {row["informant"] for row in told} == {"man"}
    assert sum(row["physical"] == "1" for row in told if row["wave"] == "T0") == 9
    assert sum(row["physical"] == "" for row in told) == 1
    assert len({row["man"] for row in told}) == 12
    data, plan = tmp_path / "answers.csv", tmp_path / "PLAN.toml"
    with data.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    plan.write_text(PLAN, encoding="utf-8")
    out = tmp_path / "out"
    assert evaluate.run([str(data), "--plan", str(plan), "--out", str(out)]) == evaluate.DONE
    assert (out / "result.json").exists()
