"""Whoever opens a file that left finds each of its columns explained, and no other."""

from __future__ import annotations

import pytest

from tequio.instruments import definitions
from tequio.instruments.exports import LAYOUTS, Layout, codebook

SLUGS = [one.instrument.slug for one in definitions.for_men()]


@pytest.mark.parametrize("shape", LAYOUTS, ids=lambda one: one.slug)
@pytest.mark.parametrize("slug", SLUGS)
def test_the_codebook_explains_every_column_of_its_file_in_its_order(
    slug: str, shape: Layout
) -> None:
    whole = definitions.newest(slug).instrument
    columns = shape.header(whole)
    book = list(codebook(whole, columns))
    explained = [row[0] for row in book if row[0] and row[0] != "column"]
    assert explained[: len(columns)] == list(columns)
    assert all(row[1] for row in book)
    items = {item.id for item in whole.questions}
    # In the long shape questions are values of a column; elsewhere nothing stands besides.
    assert set(explained[len(columns) :]) == (items if "item" in columns else set())


def test_a_score_says_how_it_is_counted_and_what_its_cut_offs_mean() -> None:
    whole = definitions.newest("phq-9").instrument
    book = {row[0]: row for row in codebook(whole, ("score_total",))}
    said = str(book["score_total"][5])
    assert said.startswith("Suma. Más alto es peor. Hacen falta 7 respuestas")
    assert "Desde 10: " in said
