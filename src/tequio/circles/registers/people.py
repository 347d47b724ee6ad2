"""Who a row is about: an id, a name in one or several columns, or an alias."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tequio.circles.registers.sessions import label_text
from tequio.circles.registers.vocabulary import Role
from tequio.core.tabular import Cell
from tequio.core.text import fold, squeeze

_NO_NAME = frozenset(
    {"", "-", "--", "---", "?", "??", ".", "n/a", "na", "s/n", "sn", "x", "sin nombre", "anonimo",
     "desconocido", "no sabe", "no dio", "no dijo", "ninguno", "vacio", "null", "none", "nan"}
)  # fmt: skip
_POINT_ZERO = re.compile(r"^(\d+)\.0+$")
_MEN = frozenset({"h", "hombre", "hombres", "masculino", "masc", "male", "man", "varon"})
_WOMEN = frozenset({"f", "mujer", "mujeres", "femenino", "fem", "female", "woman"})


@dataclass(frozen=True, slots=True)
class Identity:
    """What one row says about its person."""

    id: str = ""
    name: str = ""
    given: str = ""
    surname: str = ""
    second_surname: str = ""
    alias: str = ""
    phone: str = ""
    sex: str = ""
    group: str = ""
    site: str = ""

    @property
    def display(self) -> str:
        """Name as a person reads it, or the alias, or the id."""
        parts = squeeze(f"{self.given} {self.surname} {self.second_surname}")
        return self.name or parts or self.alias or self.id

    @property
    def full_name(self) -> str:
        """Name, from one column or from several; empty when there is none."""
        return self.name or squeeze(f"{self.given} {self.surname} {self.second_surname}")

    @property
    def known(self) -> bool:
        """Whether the row says who it is about."""
        return bool(self.id or self.full_name or self.alias)

    @property
    def key(self) -> str:
        """Key inside the file. Only an id crosses groups; equal names in two groups are two."""
        if self.id:
            return f"id:{fold(self.id)}"
        kind, text = ("name", self.full_name) if self.full_name else ("alias", self.alias)
        return f"{kind}:{exact(text)}|{fold(self.group)}"


NOBODY = Identity()


@dataclass(frozen=True, slots=True)
class Person:
    """One person of the register, as first written."""

    key: str
    identity: Identity
    sheet: str
    cell: str
    rows: int = 1
    groups: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()


def exact(text: str) -> str:
    """Normalise what is no difference at all: case, spaces and the encoding of accents."""
    return squeeze(unicodedata.normalize("NFC", text)).casefold()


def clean(value: Cell) -> str:
    """Return the text of a cell of a person; «-», «s/n» and «sin nombre» say nothing."""
    text = squeeze(label_text(value))
    return "" if fold(text) in _NO_NAME else text


def clean_id(value: Cell) -> str:
    """Return an id as text: 16.0, «16.0» and 16 are «16»."""
    if isinstance(value, bool):
        return ""
    text = clean(value)
    match = _POINT_ZERO.match(text)
    return match[1] if match else text


def identify(values: Mapping[Role, Cell]) -> Identity:
    """Build the identity of a row from the values of its columns."""

    def read(role: Role) -> str:
        return clean(values.get(role))

    return Identity(
        id=clean_id(values.get(Role.ID)),
        name=read(Role.NAME),
        given=read(Role.GIVEN),
        surname=read(Role.SURNAME),
        second_surname=read(Role.SECOND_SURNAME),
        alias=read(Role.ALIAS),
        phone=clean_id(values.get(Role.PHONE)),
        sex=read(Role.SEX),
        group=read(Role.GROUP),
        site=read(Role.SITE),
    )


def sex_classes(values: Iterable[str]) -> dict[str, str]:
    """Return what each way of writing the sex stands for.

    «M» is *mujer* in a list that also writes H, and *masculino* in one that writes F.
    """
    folded = Counter(fold(value) for value in values if value)
    m_is_woman = folded["h"] > 0 and folded["f"] == 0
    classes = {}
    for value in folded:
        if value == "m":
            classes[value] = "woman" if m_is_woman else "man"
        elif value in _MEN:
            classes[value] = "man"
        else:
            classes[value] = "woman" if value in _WOMEN else value
    return classes
