"""Instruments are data: licences are kept, words are whose they are, nothing published changes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tequio.core.datafiles import faults, fingerprints
from tequio.instruments import definitions
from tequio.instruments.definitions import BadDataFile, every, for_men, newest, read, shipped, waves
from tequio.instruments.rules.asking import is_asked
from tequio.instruments.workbook import form_of, sheets
from tequio.instruments.xform.calls import Surroundings
from tequio.instruments.xform.filling import Filling

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
PHQ = definitions.FOLDER / "phq-9" / "1.toml"


def written(folder: Path, text: str, slug: str) -> Path:
    path = folder / slug / "1.toml"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    return path


def test_the_library_is_what_may_be_shipped() -> None:
    assert {"phq-9", "gad-7", "audit", "k6", "endireh-pareja"} <= set(shipped())
    shells = {slug for slug, one in shipped().items() if one.instrument.is_shell}
    assert shells == {"cts2", "csq-8", "epv-r", "evis", "gem", "isa", "urica-dv", "wai-sr"}
    assert not any(shipped()[slug].instrument.items for slug in shells)


def test_nothing_published_has_changed() -> None:
    assert list(faults(fingerprints(definitions.FOLDER, waves.FOLDER), definitions.locked())) == []


def test_a_changed_file_is_found(tmp_path: Path) -> None:
    copy = tmp_path / "library"
    written_at = copy / "phq-9" / "1.toml"
    written_at.parent.mkdir(parents=True)
    written_at.write_text(PHQ.read_text(encoding="utf-8").replace("Varios", "Algunos"), "utf-8")
    assert any("has changed" in line for line in faults(fingerprints(copy), definitions.locked()))


def test_text_that_is_somebody_elses_is_refused_without_a_permission(tmp_path: Path) -> None:
    text = PHQ.read_text(encoding="utf-8").replace('kind = "free"', 'kind = "byo"')
    path = written(tmp_path, text, "phq-9")
    with pytest.raises(BadDataFile, match="permiso"):
        read(path)
    assert read(path, permission=True).instrument.questions


def test_a_wrong_word_is_named_with_the_right_one(tmp_path: Path) -> None:
    text = PHQ.read_text(encoding="utf-8").replace("recall_days", "recall_dais")
    with pytest.raises(BadDataFile, match="recall_days"):
        read(written(tmp_path, text, "phq-9"))


def test_a_scale_of_questions_that_are_not_there_is_refused(tmp_path: Path) -> None:
    text = PHQ.read_text(encoding="utf-8").replace('items = ["phq_1"', 'items = ["phq_0"')
    with pytest.raises(BadDataFile, match="phq_0"):
        read(written(tmp_path, text, "phq-9"))


def test_what_she_answers_is_never_shown_to_a_man(tmp_path: Path) -> None:
    men = {one.instrument.slug for one in for_men()}
    assert "conductas-el" in men
    assert not men & {
        "conductas-ella",
        "endireh-pareja",
        "espacio-ella",
        "epv-r",
        "sasa-resultados",
    }
    for one in shipped().values():
        if one.instrument.reporter in ("hers", "professional"):
            assert one.instrument.hidden_from_men
    hers = definitions.FOLDER / "espacio-ella" / "1.toml"
    text = hers.read_text(encoding="utf-8").replace("hidden_from_men = true\n", "")
    with pytest.raises(BadDataFile, match="hidden_from_men"):
        read(written(tmp_path, text, "espacio-ella"))


def test_his_and_hers_ask_the_same_item_by_item() -> None:
    his, hers = (newest(slug).instrument for slug in ("conductas-el", "conductas-ella"))
    assert [(i.id, i.about, i.mirrors) for i in his.items] == [
        (i.id, i.about, i.mirrors) for i in hers.items
    ]
    assert [scale.items for scale in his.scales] == [scale.items for scale in hers.scales]
    assert [i.text for i in his.items] != [i.text for i in hers.items]


def test_what_is_ours_says_that_it_is_not_validated_and_may_be_copied() -> None:
    for one in shipped().values():
        instrument = one.instrument
        if instrument.origin == "ours":
            assert not instrument.validated and instrument.rights.kind == "cc-by-4.0"
            assert "No está validado" in instrument.validation


def test_what_was_published_says_how_its_words_were_checked() -> None:
    unverified = {
        one.instrument.slug
        for one in every().values()
        if any(words.evidence == "unverified wording" for words in one.instrument.wording.values())
    }
    assert unverified == {"k6", "endireh-pareja"}


@pytest.mark.parametrize("slug", [s for s, one in shipped().items() if one.instrument.items])
def test_every_instrument_becomes_a_form_that_asks_the_same(slug: str) -> None:
    found = shipped()[slug]
    form = form_of(found)
    names = [question.path.rpartition("/")[2] for question in form.questions()]
    assert names == [item.id for item in found.instrument.items]
    assert (form.id, form.version) == (slug, found.instrument.version)
    labels = {f"label::{one}" for one in ("Español (es)", "English (en)")}
    rows = [row for row in sheets(found.instrument)["survey"] if "label::Español (es)" in row]
    assert all(row.keys() & labels for row in rows)


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"audit_1": "0"},
        {"audit_1": "1", "audit_2": "0", "audit_3": "0"},
        {"audit_1": "1", "audit_2": "0", "audit_3": "1"},
        {"audit_1": "1", "audit_2": "0"},
        {"audit_1": "1", "audit_2": "0", "audit_3": "prefers_not"},
        {"audit_1": "prefers_not"},
    ],
)
def test_the_form_and_the_scores_agree_on_what_is_asked(answers: dict[str, str]) -> None:
    found = newest("audit")
    form = form_of(found)
    filling = Filling(form, around=Surroundings(NOW))
    paths = {question.path.rpartition("/")[2]: question.path for question in form.questions()}
    for name, value in answers.items():
        filling.answer(paths[name], value)
    filling.work_out()
    for item in found.instrument.items:
        said = is_asked(found.instrument, item, answers)
        assert filling.is_asked(paths[item.id]) == said, item.id
