"""A form as somebody reads it before using it: every question in order, and when it is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tequio.instruments.xform.marks import plain
from tequio.instruments.xform.model import Form, Node, Question, Repeat, Text


@dataclass(frozen=True, slots=True)
class Point:
    """One line of the outline."""

    what: str  # a kind of question, "group" or "repeat"
    name: str
    label: str
    choices: tuple[str, ...] = ()
    conditional: bool = False
    required: bool = False
    # Whether it is asked once for each of several things.
    repeated: bool = False


def outline(form: Form) -> list[Point]:
    """Return the lines."""
    return list(_points(form, form.body))


def _points(form: Form, nodes: tuple[Node, ...], *, repeated: bool = False) -> Iterator[Point]:
    for node in nodes:
        rule = form.binds.get(node.path)
        name = node.path.rpartition("/")[2]
        conditional = bool(rule and rule.relevant)
        if isinstance(node, Question):
            yield Point(
                _what(node, rule.type if rule else ""),
                name,
                _read(form, node.label) or _read(form, node.hint),
                tuple(_choices(form, node)),
                conditional,
                bool(rule and rule.required),
                repeated,
            )
            continue
        label, again = _read(form, node.label), isinstance(node, Repeat)
        if label or again:
            what = "repeat" if again else "group"
            yield Point(what, name, label or name, conditional=conditional, repeated=repeated)
        yield from _points(form, node.children, repeated=repeated or again)


def _what(question: Question, kind: str) -> str:
    return kind if question.kind == "input" else question.kind


def _choices(form: Form, question: Question) -> Iterator[str]:
    for option in question.options:
        yield _read(form, option.text) or option.value
    items = question.itemset
    if items is None:
        return
    name = items.nodeset.partition("instance('")[2].partition("'")[0]
    for item in form.lists.get(name, ()):
        label = item.findtext(items.label) or ""
        read = _read(form, Text(itext=label)) if items.by_id else plain(label)
        yield read or item.findtext(items.value) or ""


def _read(form: Form, text: Text) -> str:
    pieces = text.pieces
    if text.itext:
        pieces = form.texts.get(form.default_language, {}).get(text.itext, {}).get("", ())
    return plain("".join(one.words or "…" for one in pieces).strip())
