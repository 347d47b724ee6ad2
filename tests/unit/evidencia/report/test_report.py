from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from tests.factories.evaluation_parts import HERS, HIS
from tests.factories.evaluations import (
    STUDIES,
    benefit,
    empty,
    harm,
    informants_disagree,
    physical_without_control,
    refusals,
    single_arm,
    unknown,
)

from evidencia.disclosure import Policy
from evidencia.findings import DESIGNS, MANDATORY, RULES, find
from evidencia.report import document, html, write
from evidencia.report.blocks import Card, Document, Figure, Table
from evidencia.report.speech import Speech
from evidencia.words import Note, say

SECTIONS = [
    "findings",
    "forest",
    "tipping",
    "course",
    "flow",
    "leavers",
    "retention",
    "baseline",
    "estimates",
    "limits",
    "rules",
    "plan",
]


def page(name: str, language: str = "es") -> str:
    return html(document(STUDIES[name](), language))  # type: ignore[arg-type]


def section(made: Document, slug: str) -> tuple[object, ...]:
    (found,) = [s for s in made.sections if s.slug == slug]
    return found.blocks


def tables(made: Document) -> list[Table]:
    return [b for s in made.sections for b in s.blocks if isinstance(b, Table)]


# --- Structure ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", STUDIES)
def test_every_report_has_the_same_parts_in_the_same_order(name: str) -> None:
    slugs = [s.slug for s in document(STUDIES[name]()).sections]

    assert [slug for slug in slugs if slug != "agreement"] == SECTIONS
    assert ("agreement" in slugs) == (name == "informants_disagree")
    assert all(s.blocks for s in document(STUDIES[name]()).sections)


def test_the_first_page_opens_with_the_primary_and_holds_every_finding() -> None:
    result = informants_disagree()
    made = document(result)

    assert [card.primary for card in made.front].index(True) == 0
    assert len(made.front) == len(find(result))


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("name", STUDIES)
def test_a_page_says_every_headline_and_everything_that_must_not_be_said(
    name: str, language: str
) -> None:
    result = STUDIES[name]()
    made = document(result, language)  # type: ignore[arg-type]
    said = " ".join(unescape(re.sub(r"<[^>]+>", " ", html(made))).split())
    for card in made.front:
        for text in (card.headline, *card.mandatory, *card.must_not, *card.needed):
            assert " ".join(text.split()) in said


def test_the_mandatory_sentence_stands_on_the_first_page_beside_its_headline() -> None:
    made = document(physical_without_control())
    lead = made.front[0]

    assert lead.mandatory == (say("findings.violence.physical_without_control"),)
    assert lead.verdict_word == say("reports.verdict.one_type")
    text = html(made)
    assert text.index(lead.headline) < text.index(lead.mandatory[0]) < text.index("</article>")


@pytest.mark.parametrize("name", STUDIES)
def test_a_badge_never_says_more_than_its_strength(name: str) -> None:
    needed = {"": 4, "probable_": 3, "maybe_": 1}
    words = {
        say(f"reports.verdict.{sure}{verdict}"): strength
        for sure, strength in needed.items()
        for verdict in ("benefit", "harm")
    }
    for card in document(STUDIES[name]()).front:
        assert card.strength >= words.get(card.verdict_word, 0)


def test_harm_asks_for_action_on_the_first_page() -> None:
    made = document(harm())
    front = html(made).split("<nav")[0]

    assert made.front[0].verdict == "harm"
    assert say("findings.needed.act_on_harm") in front


def test_each_primary_stands_beside_its_sensitivity_set() -> None:
    figure, table = section(document(benefit()), "forest")[1:3]

    assert isinstance(figure, Figure)
    assert isinstance(table, Table)
    assert len(table.rows) == 6
    names = [row["name"] for row in figure.spec["data"]["values"]]
    assert names == [row[0] for row in table.rows]


def test_informants_never_share_a_drawing_or_a_table() -> None:
    made = document(informants_disagree())
    drawn = [f.title for f in made.figures if f.name.startswith("course")]

    assert any(HERS in title for title in drawn)
    assert any(HIS in title for title in drawn)
    assert not any(HERS in title and HIS in title for title in drawn)


def test_uncertainty_is_drawn_for_every_mean_and_every_estimate() -> None:
    for figure in document(benefit()).figures:
        if figure.name.startswith("course"):
            bars = [one for one in figure.spec["layer"] if one["mark"].get("type") == "rule"]
            assert all("y2" in bar["encoding"] for bar in bars)
            assert len(bars) == 2


def test_arms_differ_by_shape_and_dash_and_not_by_colour_alone() -> None:
    (first, *_) = [f for f in document(benefit()).figures if f.name.startswith("course")]
    lines = [one["mark"] for one in first.spec["layer"] if one["mark"]["type"] == "line"]
    signs = [one["mark"] for one in first.spec["layer"] if one["mark"]["type"] == "point"]

    assert len({str(mark["strokeDash"]) for mark in lines}) == len(lines) == 2
    assert len({mark["shape"] for mark in signs}) == len(signs) == 2


def test_the_plan_is_there_with_its_hash_and_its_seed() -> None:
    result = benefit()
    text = page("benefit")

    assert result.plan_sha256 in text
    assert result.data_sha256 in text
    assert str(result.seed) in text
    assert "numpy 2.4.6" in text


def test_an_empty_study_says_so_in_every_part() -> None:
    made = document(empty())

    assert made.figures == ()
    assert html(made).count(say("reports.empty")) >= 4


def test_a_refusal_is_among_the_limits_with_its_place() -> None:
    text = page("refusals")

    assert (
        "Violencia física · pareja · Medidas repetidas (MMRM): Son muy pocas personas (3)" in text
    )
    assert document(refusals()).front[1].why == say("reports.part.why")


def test_one_sentence_about_several_methods_is_said_once() -> None:
    base = benefit()
    note = Note.of("few_people", n=3)
    told = tuple(
        replace(e, effect=e.effect.with_notes(note)) if e.method in ("ipw", "mi") else e
        for e in base.estimates
        if e.outcome == "fisica"
    )
    warnings = section(document(replace(base, estimates=told)), "limits")[1]

    (said,) = warnings.items  # type: ignore[attr-defined]
    assert "Pesos por quedarse (IPW), Imputación múltiple: Son muy pocas" in said


def test_the_rules_are_printed_with_their_sources_in_both_languages() -> None:
    for language, ours in (("es", "nuestra"), ("en", "ours")):
        starts, steps = section(document(benefit(), language), "rules")[1:]  # type: ignore[arg-type]
        assert isinstance(starts, Table)
        assert isinstance(steps, Table)
        assert len(starts.rows) == len(DESIGNS)
        assert len(steps.rows) == len(RULES)
        assert all(len(row[0].split()) > 1 for row in steps.rows)  # a sentence, not a slug
        assert [row[2] for row in steps.rows].count(ours) == 1


def test_a_plan_that_asks_about_true_violence_is_told_what_reports_are() -> None:
    base = benefit()
    asked = replace(base.study.estimand, violence="true")
    made = document(replace(base, study=replace(base.study, estimand=asked)))

    assert say("reports.limits.true") in html(made)


def test_waves_with_quotes_and_deltas_below_zero_are_drawn() -> None:
    base = benefit()
    odd = {wave: f'ola "{wave}" d\'abril' for wave in base.waves}
    (point,) = base.tipping
    made = document(
        replace(
            base,
            waves=tuple(odd.values()),
            means=tuple(replace(p, wave=odd[p.wave]) for p in base.means),
            tipping=(
                replace(
                    point, steps=tuple(replace(s, delta=-s.delta) for s in reversed(point.steps))
                ),
            ),
        )
    )

    assert "punto de vuelco: −4.20" in html(made)
    assert "d'abril" in unescape(html(made))


# --- Disclosure ---------------------------------------------------------------------------------


def bare_counts(made: Document) -> list[str]:
    """Counts of people in the tables that are small or not rounded."""
    counts = {say(f"reports.column.{c}") for c in ("expected", "answered", "lost", "returned", "n")}
    shown = [
        row[i].split(" (")[0].replace(",", "")
        for table in tables(made)
        for i, column in enumerate(table.columns)
        if column.label in counts
        for row in table.rows
    ]
    return [n for n in shown if n != "<8" and (int(n) % 5 or int(n) < 8)]


@pytest.mark.parametrize("name", STUDIES)
def test_no_table_prints_a_small_or_unrounded_count(name: str) -> None:
    assert bare_counts(document(STUDIES[name]())) == []


def test_a_table_without_control_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Speech, "count", lambda _self, n: f"{n:,}")

    assert len(bare_counts(document(benefit()))) > 10


def test_sentences_about_people_are_rounded_like_the_tables() -> None:
    made = document(single_arm())

    assert "personas: 40)" in made.front[0].said[0]  # 38 people
    assert "68.3" not in html(made)


def test_a_mean_of_few_people_is_not_drawn() -> None:
    base = unknown()
    few = tuple(replace(p, n=7) if p.wave == "T3" else p for p in base.means)
    made = document(replace(base, means=few))
    drawn = [f for f in made.figures if f.name.startswith("course")]

    assert say("reports.course.hidden", threshold=7) in html(made)
    for figure in drawn:
        assert all(len(one["data"]["values"]) <= 3 for one in figure.spec["layer"])


def test_an_inside_report_may_have_its_own_policy() -> None:
    inside = Policy(threshold=2, base=1)
    rows = [row for t in tables(document(benefit(), policy=inside)) for row in t.rows]

    assert any("83" in cell for row in rows for cell in row)
    assert not any("83" in c for t in tables(document(benefit())) for r in t.rows for c in r[4:5])


# --- Written to a folder ------------------------------------------------------------------------


def test_page_and_paper_are_written_with_progress_in_words(tmp_path: Path) -> None:
    steps: list[Note] = []
    written = write(benefit(), tmp_path / "new", progress=steps.append)

    assert written.html.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert written.pdf.read_bytes().startswith(b"%PDF")
    said = [step.text("es") for step in steps]
    assert said == ["Hallazgos", "Figuras", "Página", "Documento PDF"]


def test_findings_that_the_result_holds_are_not_found_again() -> None:
    base = benefit()
    kept = find(base)[:1]

    assert len(document(replace(base, findings=kept)).front) == 1


def test_every_mandatory_sentence_has_its_place_on_a_card() -> None:
    cards = [
        block
        for name in STUDIES
        for block in section(document(STUDIES[name]()), "findings")
        if isinstance(block, Card)
    ]
    said = {text for card in cards for text in card.said}

    assert not said & {say(code) for code in MANDATORY}
    assert any(card.mandatory for card in cards)
