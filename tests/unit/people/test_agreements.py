"""What a man is told is a published text: whole, in both languages, and never changed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tequio.people.catalogues import agreements
from tequio.people.catalogues.files import BadCatalogue, read

# A published text never changes: a new wording is a new file, and a line here.
PUBLISHED = {
    "1": "d98a673f406ed408c68926850025337f188cc9c124e4e16dd1dc1eb198cfdc82",
    "2": "5a7d3e4ce6c881d0d6011b77253334d1e0ff058f19681ecd4b3738843cc1e300",
}
FIRST = agreements.FOLDER / "1.toml"


def test_a_published_text_is_the_one_that_was_published() -> None:
    now = {version: shipped.sha256 for version, shipped in agreements.versions().items()}
    assert now == PUBLISHED


def test_each_purpose_says_what_follows_from_a_no_and_from_taking_it_back() -> None:
    for purpose in agreements.current(date(2026, 11, 21)).agreements.purposes:
        for text in (purpose.title, purpose.text, purpose.refusal, purpose.withdrawal):
            assert text.es.strip()
            assert text.en.strip()


def test_the_limits_come_first_and_always_hold() -> None:
    first = agreements.current(date(2026, 11, 21)).agreements.asked(mandated=False)[0]
    assert first.code == "limits"
    assert not first.withdrawable
    for word in ("peligro", "niño", "autoridad"):
        assert word in first.text.es


def test_only_who_was_sent_is_asked_about_the_authority() -> None:
    told = agreements.current(date(2026, 11, 21)).agreements
    free = {p.code for p in told.asked(mandated=False)}
    assert {p.code for p in told.asked(mandated=True)} - free == {"court_report"}


def test_only_who_waits_by_lot_is_asked_about_it_and_a_no_changes_nothing_in_his_turn() -> None:
    told = agreements.current(date(2026, 12, 4)).agreements
    free = {p.code for p in told.asked(mandated=False)}
    assert {p.code for p in told.asked(mandated=False, waiting=True)} - free == {"while_waiting"}
    asked = told.purpose("while_waiting")
    assert asked is not None
    assert (asked.kind, asked.withdrawable) == ("free", True)
    assert asked.refusal.es.startswith("Nada cambia en su turno")


def test_what_stayed_as_it_was_is_the_same_words_and_a_changed_text_is_not() -> None:
    first, second = (agreements.versions()[n] for n in ("1", "2"))
    for purpose in first.agreements.purposes:
        assert agreements.same_words(purpose.code, "1", first.sha256, second)
    assert not agreements.same_words("while_waiting", "1", first.sha256, second)
    assert not agreements.same_words("contact", "1", "0" * 64, second)
    texts = [
        one.model_copy(update={"text": one.title}) if one.code == "contact" else one
        for one in second.agreements.purposes
    ]
    told = second.agreements.model_copy(update={"purposes": tuple(texts)})
    changed = agreements.Shipped(told, "f" * 64)
    assert not agreements.same_words("contact", "1", first.sha256, changed)
    assert agreements.same_words("programme", "1", first.sha256, changed)


def test_no_text_asks_for_the_partner_or_promises_change() -> None:
    for purpose in agreements.versions()["2"].agreements.purposes:
        assert "teléfono de" not in purpose.text.es
        assert "agresor" not in purpose.text.es


def test_before_the_first_version_the_first_is_told() -> None:
    assert agreements.current(date(2001, 1, 1)).agreements.version == "1"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('kind = "limits"\nask', 'kind = "free"\nask', "limits of confidentiality are missing"),
        ('code = "contact"', 'code = "programme"', "stands twice"),
        ('refusal = { es = "Participa igual. Nadie', 'refused = { es = "Nadie', "refused"),
    ],
)
def test_a_text_that_lacks_something_is_found(
    old: str, new: str, words: str, tmp_path: Path
) -> None:
    bad = tmp_path / "1.toml"
    body = FIRST.read_text(encoding="utf-8")
    assert old in body
    bad.write_text(body.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadCatalogue, match=words):
        read(bad, agreements.Agreements)
