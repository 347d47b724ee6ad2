"""From a filling to screens: what is asked now, in the reader's language, and what is wrong."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from tequio.instruments.xform.expressions import BrokenExpression
from tequio.instruments.xform.filling import Filling, generic
from tequio.instruments.xform.marks import plain
from tequio.instruments.xform.model import Group, Node, Piece, Question, Repeat, Text
from tequio.instruments.xform.values import words

_NUMBER: Final = {"int": r"[+-]?\d+", "integer": r"[+-]?\d+", "decimal": r"[+-]?\d+(\.\d+)?"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that may be chosen."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it is read."""

    path: str
    question: Question
    type: str
    label: str
    hint: str
    choices: tuple[Choice, ...]
    value: str
    required: bool
    readonly: bool


@dataclass(frozen=True, slots=True)
class Screen:
    """What stands on one screen: a question, a group of them, or whether there is one more."""

    key: str
    title: str
    asked: tuple[Asked, ...]
    # Of a repeat: its path, when the screen asks whether there is one more.
    one_more: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an answer cannot stand, as a code; `message` holds the form's own words if it has any."""

    path: str
    code: str  # required | constraint | type | choice
    message: str = ""


class Asking:
    """Reads a filling out in one language."""

    def __init__(self, filling: Filling, language: str = "") -> None:
        self.filling = filling
        self._reading: Collection[str] | None = None
        known = filling.form.languages
        self.language = language if language in known else filling.form.default_language

    def screens(self, reading: Collection[str] | None = None) -> list[Screen]:
        """Return the screens in order, without what conditions hide.

        Where `reading` names screens by their keys, only those are read out: of the others the
        key and the title are known, and nothing is asked on them.
        """
        self._reading = reading
        return list(self._screens(self.filling.form.body, self.filling.form.root, ""))

    def problems(self, screen: Screen) -> list[Problem]:
        """Return what is wrong with the answers of a screen."""
        return [found for asked in screen.asked if (found := self.problem(asked)) is not None]

    def problem(self, asked: Asked) -> Problem | None:
        """Return what is wrong with one answer, or None."""
        filling, rule = self.filling, self.filling.bind(asked.path)
        if not asked.value:
            if asked.required:
                said = self._read(rule.required_message, asked.path)
                return Problem(asked.path, "required", said)
            return None
        pattern = _NUMBER.get(asked.type)
        if pattern and not re.fullmatch(pattern, asked.value):
            return Problem(asked.path, "type")
        listed = asked.question.kind in ("select1", "select", "rank")
        if listed and not self._chosen(asked) <= {c.value for c in asked.choices}:
            return Problem(asked.path, "choice")
        at = filling.element(asked.path)
        if rule.constraint and not filling.world.true(rule.constraint, at):
            return Problem(
                asked.path, "constraint", self._read(rule.constraint_message, asked.path)
            )
        return None

    # --- Walking -------------------------------------------------------------------------------

    def _screens(self, nodes: tuple[Node, ...], above: str, title: str) -> Iterator[Screen]:
        for node in nodes:
            path = _concrete(node.path, above) if node.path else above
            if node.path and not isinstance(node, Repeat) and not self.filling.is_asked(path):
                continue
            read = self._reading is None or path in self._reading
            if isinstance(node, Question):
                yield Screen(path, title, (self._asked(node, path),) if read else ())
            elif isinstance(node, Repeat):
                yield from self._repeated(node, path)
            elif node.one_screen:
                inside = list(self._inside(node, path))
                asked = tuple(self._asked(*one) for one in inside) if read else ()
                if inside:
                    yield Screen(path, self._read(node.label, path) or title, asked)
            else:
                own = self._read(node.label, path) or title
                yield from self._screens(node.children, path, own)

    def _repeated(self, node: Repeat, path: str) -> Iterator[Screen]:
        title = self._read(node.label, path.rpartition("/")[0])
        times = self.filling.times(path)
        for n in range(1, times + 1):
            here = f"{path}[{n}]"
            if self.filling.is_asked(here):
                yield from self._screens(node.children, here, f"{title} {n}".strip())
        if not node.count and not self._hidden_whole(node, path):
            yield Screen(f"{path}#", title, (), one_more=path)

    def _hidden_whole(self, node: Repeat, path: str) -> bool:
        rule = self.filling.bind(path)
        above = path.rpartition("/")[0]
        if not rule.relevant or above not in self.filling._elements:
            return False
        return not self.filling.world.true(rule.relevant, self.filling.element(above))

    def _inside(self, group: Group, path: str) -> Iterator[tuple[Question, str]]:
        for node in group.children:
            here = _concrete(node.path, path) if node.path else path
            if node.path and not self.filling.is_asked(here):
                continue
            if isinstance(node, Question):
                yield node, here
            elif isinstance(node, Group):
                yield from self._inside(node, here)

    # --- Reading -------------------------------------------------------------------------------

    def _asked(self, question: Question, path: str) -> Asked:
        filling, rule = self.filling, self.filling.bind(path)
        required = bool(rule.required) and filling.world.true(rule.required, filling.element(path))
        return Asked(
            path=path,
            question=question,
            type=rule.type,
            label=self._read(question.label, path),
            hint=self._read(question.hint, path),
            choices=tuple(self.choices(question, path)),
            value=filling.value(path),
            required=required,
            readonly=self._is_readonly(question, path),
        )

    def _is_readonly(self, question: Question, path: str) -> bool:
        rule = self.filling.bind(path)
        if rule.calculate and question.kind == "input":
            return True
        here = self.filling.element(path)
        return bool(rule.readonly) and self.filling.world.true(rule.readonly, here)

    def choices(self, question: Question, path: str) -> Iterator[Choice]:
        """Return what may be chosen, filtered as the form says."""
        for option in question.options:
            yield Choice(option.value, self._read(option.text, path))
        if question.itemset is None:
            return
        found = self.filling.world.elements(question.itemset.nodeset, self.filling.element(path))
        for item in found:
            value = item.findtext(question.itemset.value) or ""
            yield Choice(value, self._label_of(item, question, path))

    def choice_name(self, path: str, value: str) -> str:
        """Return what the answer with a value is called in the question at a path."""
        for question in self.filling.form.questions():
            if question.path == generic(path):
                here = path if path in self.filling._elements else self.filling.form.root
                for choice in self.choices(question, here):
                    if choice.value == value:
                        return choice.label
        return value

    def _label_of(self, item: Element, question: Question, path: str) -> str:
        itemset = question.itemset
        said = (item.findtext(itemset.label) or "") if itemset else ""
        return self._read(Text(itext=said), path) if itemset and itemset.by_id else plain(said)

    def _read(self, text: Text, path: str) -> str:
        pieces = text.pieces
        if text.itext:
            forms = self.filling.form.texts.get(self.language, {}).get(text.itext, {})
            pieces = forms.get("") or forms.get("long") or forms.get("short") or ()
        return plain("".join(self._piece(piece, path) for piece in pieces).strip())

    def _piece(self, piece: Piece, path: str) -> str:
        if not piece.expression:
            return piece.words
        at = self.filling._elements.get(path)
        if at is None:
            at = self.filling.element(self.filling.form.root)
        try:
            return words(self.filling.world.value(piece.expression, at))
        except BrokenExpression:
            return ""

    @staticmethod
    def _chosen(asked: Asked) -> set[str]:
        return {asked.value} if asked.question.kind == "select1" else set(asked.value.split())


def _concrete(path: str, above: str) -> str:
    """Return a rule's path with the numbers of the repeats in which it is asked."""
    plain = generic(above)
    if path == plain:
        return above
    return above + path[len(plain) :] if path.startswith(f"{plain}/") else path
