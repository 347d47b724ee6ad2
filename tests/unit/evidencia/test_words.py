from __future__ import annotations

import re
from string import Formatter

import pytest

from evidencia import CODES, Note, say
from evidencia.words import _TEXTS, p_value


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_sentence_speaks_both_languages_with_the_same_values(code: str) -> None:
    texts = _TEXTS[code]

    assert set(texts) == {"es", "en"}
    assert placeholders(texts["es"]) == placeholders(texts["en"])


@pytest.mark.parametrize("code", sorted(CODES))
@pytest.mark.parametrize("language", ["es", "en"])
def test_no_sentence_uses_a_word_that_blames(code: str, language: str) -> None:
    blaming = r"agresor|aggressor|offender|perpetrator|abandon|desert|fracas|fail"

    assert not re.search(blaming, _TEXTS[code][language], re.IGNORECASE)  # type: ignore[index]


def test_thousands_are_written_the_mexican_way() -> None:
    assert "1,257" in say("unknown_marks", n=1257)


def test_a_note_without_a_sentence_is_refused_when_it_is_made() -> None:
    with pytest.raises(ValueError, match="no sentence 'made_up'"):
        Note.of("made_up")


def test_a_note_without_its_value_is_refused_when_it_is_made() -> None:
    with pytest.raises(ValueError, match="needs a value for 'n'"):
        Note.of("few_people")


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="in 'fr'"):
        say("few_people", "fr", n=3)  # type: ignore[arg-type]


def test_the_definition_of_departure_says_its_number() -> None:
    assert "son 4 o más" in say("departure.definition", "es", quiet_after=4)
    assert "are 4 or more" in say("departure.definition", "en", quiet_after=4)


def test_a_p_value_is_never_said_to_be_nothing() -> None:
    assert (p_value(0.0), p_value(0.00049), p_value(0.0312)) == ("< 0.001", "< 0.001", "= 0.031")
