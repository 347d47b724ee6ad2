"""The shape of an instrument: what is asked of whom, whose words they are, and how it is scored."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from pydantic import Field, model_validator

from tequio.core.datafiles import Strict

SLUG: Final = r"^[a-z0-9]+(-[a-z0-9]+)*$"
NAME: Final = r"^[a-z][a-z0-9_]{0,39}$"
# Nobody has to answer. It is an answer and not a gap, and it is never scored.
PREFERS_NOT: Final = "prefers_not"

Language = Literal["es", "en"]
Reporter = Literal["his", "hers", "professional", "anyone", "organisation"]
Licence = Literal["cc-by-4.0", "free", "who-non-commercial", "open-terms", "byo"]
Direction = Literal["higher_is_worse", "higher_is_better", "neither"]
FlagKind = Literal["self_harm", "weapons", "strangulation", "children", "danger"]


class Words(Strict):
    """A text in the languages that the instrument speaks."""

    es: str
    en: str = ""

    def now(self) -> str:
        """Return it in the reader's language, in Spanish where there is no other."""
        return self.in_((get_language() or "es")[:2])

    def in_(self, language: str) -> str:
        """Return it in one language, in Spanish where that one is not there."""
        return (self.en if language == "en" else "") or self.es


class Wording(Strict):
    """How we know that the words are those that were published."""

    verified: bool
    evidence: str


class Rights(Strict):
    """What may be done with the text, and how we know."""

    kind: Licence
    evidence: str
    # Printed with every copy.
    notice: Words


class Choice(Strict):
    """One answer of a list; `value` is what it counts, None where it counts nothing."""

    code: str = Field(pattern=r"^[a-z0-9][a-z0-9_]{0,39}$")
    label: Words
    value: int | None = None


class Only(Strict):
    """When an item is asked: an answer of before is none of these, or a sum is above a number."""

    item: str = ""
    not_in: tuple[str, ...] = ()
    has: str = ""
    sum_of: tuple[str, ...] = ()
    above: int | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Only:
        kinds = [bool(self.not_in), bool(self.has), self.above is not None and bool(self.sum_of)]
        if kinds.count(True) != 1 or bool(self.item) == bool(self.sum_of):
            raise ValueError(
                _("Una condición es «item» con «not_in» o «has», o «sum_of» y «above».")
            )
        return self


class Item(Strict):
    """One question, or a text that is read out."""

    id: str = Field(pattern=NAME)
    text: Words
    hint: Words | None = None
    kind: Literal["one", "many", "whole", "decimal", "date", "text", "note"] = "one"
    choices: str = ""
    # Which type of violence it asks about, in the house's words, for findings by type.
    about: str = ""
    only_if: tuple[Only, ...] = ()
    # What it counts when it was rightly not asked; None: then it is missing.
    not_asked: int | None = None
    # The same question to the other of two, by its own item's name: compared, never pooled.
    mirrors: str = ""
    least: int | None = None
    most: int | None = None

    @model_validator(mode="after")
    def _choices_where_chosen(self) -> Item:
        if (self.kind in ("one", "many")) != bool(self.choices):
            raise ValueError(
                _("%(item)s: «choices» va con «one» y «many», y solo con ellas.")
                % {"item": self.id}
            )
        return self


class CutOff(Strict):
    """A number from which something is said, with who said so."""

    at: int
    means: Words
    source: str


class Scale(Strict):
    """How some items become one number, and what is needed for it to be a number at all."""

    id: str = Field(pattern=NAME)
    name: Words
    items: tuple[str, ...] = Field(min_length=1)
    method: Literal["sum", "mean", "count", "any"] = "sum"
    direction: Direction
    # Answers that count the other way round: highest becomes lowest.
    reverse: tuple[str, ...] = ()
    least_answered: int = Field(ge=1)
    # Whether what is missing is made up by the mean of what was answered; always said beside it.
    prorate: bool = False
    about: str = ""
    cut_offs: tuple[CutOff, ...] = ()

    @model_validator(mode="after")
    def _can_be_met(self) -> Scale:
        if self.least_answered > len(self.items):
            raise ValueError(
                _("%(scale)s: pide más respuestas (%(least)s) que preguntas (%(items)s).")
                % {"scale": self.id, "least": self.least_answered, "items": len(self.items)}
            )
        if self.prorate and self.method not in ("sum", "count"):
            raise ValueError(
                _("%(scale)s: solo una suma o una cuenta se prorratea.") % {"scale": self.id}
            )
        if strange := set(self.reverse) - set(self.items):
            raise ValueError(
                _("%(scale)s: invierte preguntas que no suma: %(items)s.")
                % {"scale": self.id, "items": ", ".join(sorted(strange))}
            )
        return self


class Flag(Strict):
    """An answer that a person has to read today."""

    kind: FlagKind
    item: str
    answers: tuple[str, ...] = Field(min_length=1)


class Instrument(Strict):
    """One version of one instrument."""

    schema_version: Literal[1] = Field(alias="schema")
    slug: str = Field(pattern=SLUG)
    version: str = Field(pattern=r"^[0-9]+(\.[0-9]+)*$")
    name: Words
    purpose: Words
    languages: tuple[Language, ...] = Field(min_length=1)
    origin: Literal["seed", "published", "ours"] = Field(alias="from")
    reporter: Reporter
    # What she answers of him, or a professional rates: he never sees a word of it.
    hidden_from_men: bool = False
    validated: bool
    validation: str
    rights: Rights
    attribution: str
    wording: dict[Language, Wording] = Field(default_factory=dict)
    recall: Words | None = None
    recall_days: int | None = None
    intro: Words | None = None
    choices: dict[str, tuple[Choice, ...]] = Field(default_factory=dict)
    items: tuple[Item, ...] = Field(default=(), alias="item")
    scales: tuple[Scale, ...] = Field(default=(), alias="scale")
    flags: tuple[Flag, ...] = Field(default=(), alias="flag")
    # Shells only: how many items the original has, and what may be said of it without its text.
    shell: Words | None = None

    @property
    def is_shell(self) -> bool:
        """Whether its text is somebody else's and has to be brought with a permission."""
        return self.rights.kind == "byo"

    @property
    def questions(self) -> tuple[Item, ...]:
        """What is answered, without what is only read out."""
        return tuple(item for item in self.items if item.kind != "note")

    @property
    def asks_a_man(self) -> bool:
        """Whether a man may be asked it, or shown it."""
        return self.reporter in ("his", "anyone") and not self.hidden_from_men

    def item(self, name: str) -> Item | None:
        """Return an item by its name."""
        return next((item for item in self.items if item.id == name), None)

    def scale(self, name: str) -> Scale | None:
        """Return a scale by its name."""
        return next((scale for scale in self.scales if scale.id == name), None)

    def the_item(self, name: str) -> Item:
        """Return an item that is known to be there: the loader has looked."""
        return next(item for item in self.items if item.id == name)

    def the_scale(self, name: str) -> Scale:
        """Return a scale that is known to be there."""
        return next(scale for scale in self.scales if scale.id == name)

    def value_of(self, item: Item, answer: str) -> int | None:
        """Return what an answer counts; None where it counts nothing."""
        if item.kind == "whole":
            return int(answer) if answer.lstrip("-").isdigit() else None
        found = (one for one in self.choices.get(item.choices, ()) if one.code == answer)
        return next((one.value for one in found), None)

    @model_validator(mode="after")
    def _holds_together(self) -> Instrument:
        if faults := list(_faults(self)):
            raise ValueError(" ".join(faults))
        return self


def _faults(whole: Instrument) -> Iterator[str]:
    names = [item.id for item in whole.items]
    for twice in sorted({name for name in names if names.count(name) > 1}):
        yield _("Hay dos preguntas «%(item)s».") % {"item": twice}
    known = set(names)
    yield from _of_items(whole, known)
    for scale in whole.scales:
        for name in scale.items:
            item = whole.item(name)
            if item is None:
                yield _("%(scale)s suma «%(item)s», que no existe.") % {
                    "scale": scale.id,
                    "item": name,
                }
            elif item.kind not in ("one", "whole"):
                yield _("%(scale)s suma «%(item)s», que no tiene un número.") % {
                    "scale": scale.id,
                    "item": name,
                }
    for flag in whole.flags:
        found = whole.item(flag.item)
        codes = {one.code for one in whole.choices.get(found.choices, ())} if found else set()
        if not set(flag.answers) <= codes:
            yield _("Una alerta mira respuestas que «%(item)s» no tiene.") % {"item": flag.item}
    if whole.reporter in ("hers", "professional") and not whole.hidden_from_men:
        yield _("Lo que ella o una profesional responde lleva «hidden_from_men = true».")
    if missing := set(whole.languages) - set(whole.wording) if whole.origin == "published" else ():
        yield _("Falta «wording» de: %(languages)s.") % {"languages": ", ".join(sorted(missing))}
    yield from _of_languages(whole)


def _of_items(whole: Instrument, known: set[str]) -> Iterator[str]:
    before: set[str] = set()
    for item in whole.items:
        if item.choices and item.choices not in whole.choices:
            yield _("«%(item)s» usa la lista «%(list)s», que no existe.") % {
                "item": item.id,
                "list": item.choices,
            }
        for condition in item.only_if:
            asked = {*condition.sum_of, *filter(None, (condition.item,))}
            if strange := asked - before:
                yield _("«%(item)s» depende de «%(of)s», que no va antes.") % {
                    "item": item.id,
                    "of": ", ".join(sorted(strange)),
                }
        before.add(item.id)


def _of_languages(whole: Instrument) -> Iterator[str]:
    """An English text that is missing somewhere is a hole that only a reader would find."""
    if "en" not in whole.languages:
        return
    texts = {"name": whole.name, **{item.id: item.text for item in whole.items}}
    for name, choices in whole.choices.items():
        texts |= {f"{name}.{one.code}": one.label for one in choices}
    for where, words in texts.items():
        if not words.en:
            yield _("Falta el inglés de «%(where)s».") % {"where": where}
