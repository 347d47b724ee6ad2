"""A kept result in words: what is compared, and what is not there although its neighbour is."""

from __future__ import annotations

import json
from typing import Any

from django.utils import translation

from evidencia.analysis import waiting
from evidencia.levels import HALF, WITHIN
from tequio.studies.rules import arms, findings
from tequio.studies.rules.lotteries import ARMS
from tequio.studies.views.release_charts import charts

DAYS = {"name": "days", "label": "Días hasta el primer apoyo", "kind": "time_to_event"}
ALL = ((WITHIN, "≤ 30"), (WITHIN, "≤ 90"), (HALF, "50 %"))


def unsaid(*there: tuple[str, str]) -> tuple[str, ...]:
    estimates = [{"outcome": "days", "method": how, "contrast": of} for how, of in there]
    return findings.unsaid({"outcomes": [DAYS], "estimates": estimates})


def test_a_figure_of_ninety_days_that_is_withheld_alone_is_said_to_be() -> None:
    assert unsaid(*ALL) == ()
    assert unsaid(ALL[0], ALL[2]) == (
        "De «Días hasta el primer apoyo» no se publica cuántas lo tenían a los 90 días: no se vio "
        "a suficientes por tanto tiempo, o el número señalaría a alguien.",
    )
    both, half = unsaid(ALL[2])[0], unsaid(ALL[0], ALL[1])
    assert "a los 30 y 90 días" in both
    assert [text.partition(":")[0] for text in half] == [
        "De «Días hasta el primer apoyo» no se publica el día en que ya lo tenía la mitad"
    ]


def test_of_what_has_no_number_at_all_another_card_speaks() -> None:
    assert unsaid() == ()
    result = {"outcomes": [DAYS], "estimates": []}
    assert findings.withheld(result) == ("Días hasta el primer apoyo",)


def test_the_days_are_those_that_an_evaluation_counts() -> None:
    assert tuple(f"{by:g}" for by in waiting.BY) == findings.DAYS


def headline(language: str, es: str, en: str, *arms: str) -> str:
    note = {"code": "findings.unknown", "values": {}, "es": es, "en": en}
    found: dict[str, Any] = {
        "code": "findings.unknown",
        "outcome": None,
        "verdict": "unknown",
        "strength": "none",
        "may_say": [note],
        "must_not_say": [],
        "reasons": [],
        "to_know_more": [],
    }
    with translation.override(language):
        (said,) = findings.said({"outcomes": [], "findings": [found], "arms": arms})
    return said.headline


def test_what_is_compared_is_said_in_words_and_never_as_a_machine_reads_it() -> None:
    texts = ("No sabemos si con «now» hay más que con «later».", "Whether with “now” or “later”.")
    assert headline("es", *texts, "now", "later") == (
        "No sabemos si con «empezar ya» hay más que con «esperar»."
    )
    assert headline("en", *texts, "now", "later") == "Whether with “starting now” or “waiting”."
    # Somebody else's words stay as they are.
    assert headline("es", *texts, "norte", "sur") == texts[0]


def test_every_arm_has_its_words() -> None:
    assert {arm for pair in ARMS.values() for arm in pair} == set(arms._ARMS)


def test_what_is_printed_names_both_sides_and_changes_nothing_else() -> None:
    said = {"es": "Con «now» y now.", "en": "With “now”.", "values": {"arm": "now"}}
    kept = {
        "arms": ["later", "now"],
        "control": "later",
        "design": "now",
        "estimates": [{"contrast": "now vs later", "estimate": 0.5}, {"contrast": "≤ 30"}],
        "findings": [{"may_say": [said]}],
    }
    with translation.override("es-mx"):
        printed = json.loads(arms.in_result(json.dumps(kept)))
    assert printed["arms"] == ["esperar", "empezar ya"]
    assert (printed["control"], printed["design"]) == ("esperar", "now")
    assert printed["estimates"][0] == {"contrast": "empezar ya vs esperar", "estimate": 0.5}
    assert printed["estimates"][1] == {"contrast": "≤ 30"}
    assert printed["findings"][0]["may_say"][0] == {
        "es": "Con «empezar ya» y now.",
        "en": "With “now”.",
        "values": {"arm": "empezar ya"},
    }
    assert arms.in_result('{"n": 3}') == '{"n": 3}'


def number(*, ratio: bool) -> findings.Number:
    words = ("outcome", "label", "informant", "wave", "contrast", "method", "value", "low", "high")
    texts = {name: name for name in (*words, "n", "of", "missing", "better")}
    at = {"at": 0.58, "at_low": 0.23, "at_high": 1.45, "level": False, "percent": False}
    return findings.Number(role="descriptive", ratio=ratio, **texts, **at)  # type: ignore[arg-type]


def test_no_change_lies_at_one_where_a_ratio_is_drawn_and_at_zero_for_a_difference() -> None:
    found = charts([number(ratio=True), number(ratio=False)], hue="jade")
    assert [one.title for one in found] == ["Label, como razón", "Label"]
    assert [one.spec["layer"][0]["encoding"]["x"]["datum"] for one in found] == [1.0, 0.0]
    assert [one.table.columns[1].label for one in found] == ["Razón", "Diferencia"]
