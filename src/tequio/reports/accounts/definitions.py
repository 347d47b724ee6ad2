"""Templates of accounts: data files with a schema. What was published never changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

from django.utils.translation import gettext as _
from pydantic import Field, model_validator

from tequio.core.datafiles import LOCK as LOCK_NAME
from tequio.core.datafiles import BadDataFile, Read, Strict, read_as

FOLDER: Final = Path(__file__).parent.parent / "library"
LOCK: Final = FOLDER / LOCK_NAME

Kind = Literal[
    "done",
    "stayed",
    "came",
    "sources",
    "reasons",
    "behaviours",
    "missing",
    "releases",
    "hers",
    "pairs",
    "community",
    "costs",
    "framework",
    "testimonies",
    "plan",
    "limits",
    "tens",
    "words",
]
Audience = Literal["funders", "public", "community"]
Indicator = Literal[
    "asked",
    "started",
    "half",
    "ended",
    "sessions",
    "committees",
    "actions_done",
    "circles",
    "referrals",
    "releases",
]
Hers = Literal["partner", "children", "police", "safety"]
# What brings numbers that were counted in the same period as the testimonies.
COUNTS: Final = frozenset({"done", "stayed", "came", "sources", "behaviours", "community", "tens"})
_OF_PEOPLE: Final = COUNTS | {"reasons", "missing", "framework", "releases", "hers", "pairs"}


class Line(Strict):
    """A line of a logical framework."""

    level: Literal["aim", "purpose", "result", "activity"]
    objective: str
    indicator: Indicator
    source: str
    assumption: str


class Section(Strict):
    """A heading and what stands under it."""

    key: str = Field(pattern=r"^[a-z][a-z_]{1,23}$")
    title: str
    block: Kind
    intro: str = ""
    # Whether whoever signs may add words of their own.
    words: bool = False
    about: Hers | None = None
    lines: tuple[Line, ...] = Field(default=(), alias="line")

    @model_validator(mode="after")
    def _whole(self) -> Section:
        if bool(self.lines) != (self.block == "framework"):
            raise ValueError(_("Las líneas van con el bloque «framework», y solo con él."))
        if (self.about is None) == (self.block == "hers"):
            raise ValueError(_("«about» va con el bloque «hers», y solo con él."))
        return self


class Template(Strict):
    """One version of one template."""

    schema_version: Literal[1] = Field(alias="schema")
    slug: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    version: str = Field(pattern=r"^[0-9]+$")
    origin: Literal["seed", "published", "ours"] = Field(alias="from")
    source: str
    name: str
    purpose: str
    audience: Audience
    of: Literal["organisation", "site"]
    form: Literal["account", "poster"] = "account"
    # Of whole years alone, or of any closed period.
    every: Literal["year", "any"] = "any"
    sections: tuple[Section, ...] = Field(min_length=2, alias="section")

    @property
    def kinds(self) -> frozenset[str]:
        """Return the kinds of blocks that it shows."""
        return frozenset(section.block for section in self.sections)

    @property
    def quotes(self) -> bool:
        """Whether testimonies stand in it."""
        return "testimonies" in self.kinds

    @model_validator(mode="after")
    def _honest(self) -> Template:
        if faults := list(_faults(self)):
            raise ValueError(" ".join(faults))
        return self


def _faults(one: Template) -> Iterator[str]:
    keys = [section.key for section in one.sections]
    if len(keys) != len(set(keys)):
        yield _("Hay dos secciones con la misma clave.")
    blocks = [section.block for section in one.sections]
    if "testimonies" in blocks and not COUNTS.intersection(blocks[: blocks.index("testimonies")]):
        yield _("Un testimonio va después de los números y nunca en su lugar.")
    if _OF_PEOPLE.intersection(blocks) and "limits" not in blocks:
        yield _("Donde hay números falta la sección «limits»: lo que no se puede decir.")
    if "behaviours" in blocks and "missing" not in blocks:
        yield _("Donde hay respuestas falta la sección «missing»: quién no contestó.")


def read(path: Path) -> Read[Template]:
    """Read and check one template: ``library/<slug>/<version>.toml``."""
    found = read_as(path, Template)
    if (found.content.slug, found.content.version) != (path.parent.name, path.stem):
        raise BadDataFile(_("%(file)s: el nombre no es el que dice dentro.") % {"file": path.name})
    return found


@lru_cache(maxsize=1)
def every() -> Mapping[tuple[str, str], Read[Template]]:
    """Return every version of every template that comes with the system."""
    found = [read(path) for path in sorted(FOLDER.glob("*/*.toml"))]
    return {(one.content.slug, one.content.version): one for one in found}


@lru_cache(maxsize=1)
def newest() -> Mapping[str, Read[Template]]:
    """Return the newest version of each template, by slug."""
    by_age = sorted(every().items(), key=lambda item: (item[0][0], int(item[0][1])))
    return {slug: one for (slug, _version), one in by_age}


def find(slug: str, version: str) -> Template | None:
    """Return one version, or None where it did not come with the system."""
    found = every().get((slug, version))
    return found.content if found else None


def name_of(slug: str, version: str) -> str:
    """Return how people call a template; its slug where it did not come with the system."""
    found = find(slug, version)
    return found.name if found else slug


def names() -> Mapping[str, str]:
    """Return how people call every template, by slug, in its newest version."""
    return {slug: one.content.name for slug, one in newest().items()}
