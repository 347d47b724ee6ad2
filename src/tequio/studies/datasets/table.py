"""The rows of a data set, before and after they are a file: one row for each person and moment."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tequio.instruments import definitions
from tequio.instruments.rules.scoring import score
from tequio.studies import recipe as names
from tequio.studies.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Row:
    """What one person said at one moment; what is missing is not there."""

    unit: str
    wave: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Built:
    """A data set in memory: the file as it is frozen, and what is said about it.

    `refused` counts who belongs to the population and did not agree; `fresh` the people with an
    answer after the period of the release before.
    """

    rows: bytes
    n_rows: int
    n_units: int
    refused: int
    fresh: int

    @property
    def sha256(self) -> str:
        """The hash of the file, byte by byte."""
        return hashlib.sha256(self.rows).hexdigest()


@dataclass(frozen=True, slots=True)
class Changed:
    """How two sets of one study differ, in numbers of rows."""

    added: int
    changed: int
    removed: int


def as_file(recipe: Recipe, rows: Iterable[Row]) -> bytes:
    """Write rows as CSV, in an order that says nothing of when anybody came."""
    header = columns(recipe)
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(header)
    teller = names.INFORMANTS[recipe.source]
    for row in sorted(rows, key=lambda one: (one.unit, one.wave)):
        cells = {names.UNIT: row.unit, names.WAVE: row.wave, names.INFORMANT: teller, **row.cells}
        out.writerow([cells.get(name, "") for name in header])
    return text.getvalue().encode()


def columns(recipe: Recipe) -> tuple[str, ...]:
    """Return the columns of a recipe's data set, in their order."""
    found = [names.UNIT, names.WAVE, names.INFORMANT]
    if recipe.arm is not None:
        found.append(names.ARM)
        if recipe.arm.kind != "comparison":
            found.append(names.EXPOSED)
    if recipe.source == "men":
        found += [names.SITE, names.GROUP, names.DOSE]
    found += [name for name in recipe.covariates if name not in found]
    found += [one.name for one in recipe.outcomes]
    return (*found, *(one.event for one in recipe.outcomes if one.event))


def scored(recipe: Recipe, slug: str, version: str, answers: Mapping[str, str]) -> dict[str, str]:
    """Return the measures that one answered questionnaire gives; too little answered is missing."""
    found = definitions.find(slug, version)
    if found is None:
        return {}
    whole, cells = found.instrument, {}
    for one in recipe.outcomes:
        scale = whole.scale(one.measure) if one.instrument == slug else None
        if scale is not None:
            value = score(whole, scale, answers).value
            if value is not None:
                cells[one.name] = number(value)
    return cells


def number(value: Fraction) -> str:
    """Write a score so that reading it gives the same number."""
    return str(value.numerator) if value.denominator == 1 else repr(float(value))


def reaches_the_end(recipe: Recipe, file: bytes) -> bool:
    """Tell whether anybody was asked for the last time yet: before, the question has no answer."""
    measures = [one.name for one in recipe.outcomes]
    return any(
        row[names.WAVE] == recipe.waves[-1] and any(row[name] for name in measures)
        for row in csv.DictReader(io.StringIO(file.decode()))
    )


def difference(before: bytes, after: bytes) -> Changed:
    """Compare two files by person and moment."""
    old, new = _by_key(before), _by_key(after)
    both = old.keys() & new.keys()
    return Changed(
        added=len(new.keys() - both),
        changed=sum(old[key] != new[key] for key in both),
        removed=len(old.keys() - both),
    )


def _by_key(file: bytes) -> dict[tuple[str, str], Mapping[str, str]]:
    read = csv.DictReader(io.StringIO(file.decode()))
    return {(row[names.UNIT], row[names.WAVE]): row for row in read}


def merged(rows: Sequence[Row]) -> list[Row]:
    """Put together what one person said at one moment in several questionnaires."""
    cells: dict[tuple[str, str], dict[str, str]] = {}
    for row in rows:
        cells.setdefault((row.unit, row.wave), {}).update(row.cells)
    return [Row(unit, wave, found) for (unit, wave), found in cells.items()]
