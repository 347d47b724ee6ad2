"""Filling a form in: what is kept of the answers, and what follows from them.

Kept are answers by path, also those that a condition hides for the moment: who goes back and
changes an answer finds the rest as it was. Everything else (what is asked, what is calculated,
what is wrong) is worked out anew from them.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from xml.etree import ElementTree as ET

from tequio.instruments.xform.calls import Surroundings
from tequio.instruments.xform.expressions import World, leaning
from tequio.instruments.xform.model import Bind, Form, Repeat, local
from tequio.instruments.xform.values import truth, words

_AT: Final = re.compile(r"\[\d+\]")
_ROUNDS: Final = 12
# So many times something is repeated at most: a slip of the finger («2000») must not stop a house.
MOST_TIMES: Final = 300
_DRAWS: Final = re.compile(r"\b(?:once|random|uuid)\s*\(")


@dataclass(slots=True)
class Kept:
    """What is stored of an answer that is under way: values, and how many of each repeat."""

    values: dict[str, str] = field(default_factory=dict)
    repeats: dict[str, int] = field(default_factory=dict)

    def as_body(self) -> dict[str, Any]:
        """Return it as JSON takes it."""
        return {"values": dict(self.values), "repeats": dict(self.repeats)}

    @classmethod
    def from_body(cls, body: Mapping[str, Any]) -> Kept:
        """Read what :meth:`as_body` gave."""
        return cls(dict(body.get("values", {})), dict(body.get("repeats", {})))


def generic(path: str) -> str:
    """Return a path without the numbers of repeats, as rules know it."""
    return _AT.sub("", path)


class Filling:
    """One answer to one form, and what follows from it."""

    def __init__(
        self,
        form: Form,
        kept: Kept | None = None,
        *,
        around: Surroundings,
        hidden: frozenset[str] | None = None,
    ) -> None:
        """Begin an answer, or go on with one.

        `hidden` is what `Filling.hidden` said when `kept` was kept: then all of it was worked out
        already, and is worked out again only when something changes.
        """
        self.form = form
        self.kept = kept or Kept()
        self.around = around
        self._repeats = {node.path: node for node in _repeats(form.body)}
        self._defaults = dict(_defaults(form.template, form.root))
        self._firsts = {one.path: one.expression for one in form.first_values if one.expression}
        self._changed: list[str] = []
        self._known: dict[tuple[str, str], tuple[tuple[str | None, ...], Any]] = {}
        self._hidden = hidden or frozenset()
        self._counted: dict[str, int] = {}
        self._stale = True
        if kept is None:
            self._begin()
        if hidden is None or any(node.count for node in self._repeats.values()):
            self.work_out()
        else:
            self._lay_out()

    # --- Changing ------------------------------------------------------------------------------

    def answer(self, path: str, value: str) -> None:
        """Put in an answer; :meth:`work_out` says what follows."""
        if value != self.kept.values.get(path, ""):
            self._changed.append(path)
        self.kept.values[path] = value
        element = self._elements.get(path)
        if element is not None and not len(element) and not self._is_hidden(path):
            element.text = value or None

    def one_more(self, path: str) -> int:
        """Begin one more of what is repeated at a path; return which one it is."""
        self.kept.repeats[path] = self.times(path) + 1
        self._stale = True
        return self.kept.repeats[path]

    def one_less(self, path: str, at: int) -> None:
        """Take one of the repeated things away; those after it move up."""
        self._stale = True
        last = self.times(path)
        for n in range(at, last + 1):
            here = f"{path}[{n}]/"
            for key in [key for key in self.kept.values if key.startswith(here)]:
                del self.kept.values[key]
            after = f"{path}[{n + 1}]/"
            for key in [key for key in self.kept.values if key.startswith(after)]:
                self.kept.values[here + key[len(after) :]] = self.kept.values[key]
        self.kept.repeats[path] = max(0, last - 1)

    # --- Asking --------------------------------------------------------------------------------

    def times(self, path: str) -> int:
        """Return how many of a repeat there are at a path."""
        node = self._repeats.get(generic(path))
        if node is not None and node.count:
            return self._counted.get(path, 0)
        return self.kept.repeats.get(path, 1)

    def value(self, path: str) -> str:
        """Return an answer as it counts: nothing where a condition hides it."""
        element = self._elements.get(path)
        return "" if element is None else element.text or ""

    def is_asked(self, path: str) -> bool:
        """Tell whether a path is there and no condition hides it."""
        return path in self._elements and path not in self._hidden

    def element(self, path: str) -> ET.Element:
        """Return the element of a path, for evaluating beside it."""
        return self._elements[path]

    @property
    def world(self) -> World:
        """The answer as expressions see it."""
        return self._world

    @property
    def hidden(self) -> frozenset[str]:
        """What conditions hide now."""
        return self._hidden

    def bind(self, path: str) -> Bind:
        """Return the rules of a path."""
        plain = generic(path)
        return self.form.binds.get(plain) or Bind(plain)

    # --- Working out ---------------------------------------------------------------------------

    def work_out(self) -> None:
        """Calculate until nothing changes, find what is hidden, and do what a change sets off."""
        self._settle()
        for _round in range(_ROUNDS):
            if not self._set_off():
                break
            self._settle()

    def _set_off(self) -> bool:
        """Put in what waits for another answer (XLSForm's `trigger`)."""
        changed, self._changed = self._changed, []
        done = False
        for path in changed:
            for one in self.form.on_change:
                target = _beside(one.path, path)
                if one.watched == generic(path) and target in self._elements:
                    self.answer(target, self._world.string(one.expression, self._elements[target]))
                    done = True
        return done

    def _settle(self) -> None:
        # What was hidden before is mostly hidden still: then the tree that is there is right.
        if self._stale:
            self._counted = {}
            self._lay_out()
        for _round in range(_ROUNDS):
            changed = self._calculate()
            before = (self._hidden, dict(self._counted))
            self._count()
            self._hidden = self._find_hidden()
            if before != (self._hidden, self._counted):
                self._lay_out()
            elif not changed:
                break

    def _begin(self) -> None:
        """What stands once begins with the form; what is repeated, when it is planted."""
        self._lay_out()
        for path, element in self._elements.items():
            if not len(element) and "[" not in path:
                self._first(path, element)
        self._stale = True

    def _first(self, path: str, element: ET.Element) -> None:
        """Put in what a field holds before anybody answers."""
        said = (self._defaults.get(generic(path)) or "").strip()
        if said:
            self.kept.values[path] = said
        if expression := self._firsts.get(generic(path)):
            self.kept.values[path] = self._world.string(expression, element)
        if not self._is_hidden(path):
            element.text = self.kept.values.get(path) or None

    def _lay_out(self) -> None:
        """Make the tree that expressions see: hidden answers are empty in it."""
        self._stale = False
        self._elements: dict[str, ET.Element] = {}
        self._new: list[str] = []
        root = ET.Element(local(self.form.template.tag), dict(self.form.template.attrib))
        self._grow(self.form.template, root, self.form.root)
        self._tree = root
        self._world = World(root, self.around, self._elements)
        for path in self._new:
            self._first(path, self._elements[path])

    def _grow(self, template: ET.Element, into: ET.Element, path: str) -> None:
        self._elements[path] = into
        done: set[str] = set()
        for child in template:
            name = local(child.tag)
            here = f"{path}/{name}"
            if name in done:
                continue
            done.add(name)
            if generic(here) in self._repeats:
                for n in range(1, self.times(here) + 1):
                    self._plant(child, into, name, f"{here}[{n}]")
            else:
                self._plant(child, into, name, here)

    def _plant(self, template: ET.Element, into: ET.Element, name: str, path: str) -> None:
        element = ET.SubElement(into, name)
        if len(template):
            self._grow(template, element, path)
            return
        self._elements[path] = element
        # What was emptied by hand is known as empty, and stays so.
        if "[" in path and path not in self.kept.values:
            self._new.append(path)
        if not self._is_hidden(path):
            element.text = self.kept.values.get(path) or None

    def _calculate(self) -> bool:
        changed = False
        for path, element in self._elements.items():
            rule = self.form.binds.get(generic(path))
            if rule is None or not rule.calculate or self._is_hidden(path):
                continue
            if _DRAWS.search(rule.calculate) and self.kept.values.get(path):
                continue  # what was drawn stays drawn
            value = words(self._follow(rule.calculate, path, element))
            if value != self.kept.values.get(path, ""):
                self.kept.values[path] = value
                changed = True
            element.text = value or None
        return changed

    def _count(self) -> None:
        for path in list(self._elements):
            for child in self._repeats.values():
                if child.count and generic(path) == child.path.rpartition("/")[0]:
                    said = self._world.string(child.count, self._elements[path])
                    times = int(float(said)) if re.fullmatch(r"\d+(\.0*)?", said) else 0
                    here = f"{path}/{local(child.path.rpartition('/')[2])}"
                    self._counted[here] = min(times, MOST_TIMES)

    def _find_hidden(self) -> frozenset[str]:
        hidden = set()
        for path, element in self._elements.items():
            rule = self.form.binds.get(generic(path))
            if rule is None or not rule.relevant:
                continue
            if not truth(self._follow(rule.relevant, path, element)):
                hidden.add(path)
        return frozenset(hidden)

    def _is_hidden(self, path: str) -> bool:
        while path:
            if path in self._hidden:
                return True
            path = path.rpartition("/")[0]
        return False

    def _follow(self, expression: str, path: str, element: ET.Element) -> Any:
        """Evaluate, unless nothing changed on which the expression leans."""
        leans = leaning(expression)
        if leans is None:
            return self._world.value(expression, element)
        found = [self._elements.get(one) for one in leans]
        now = (element.text, *(None if one is None else one.text for one in found))
        known = self._known.get((path, expression))
        if known is None or known[0] != now:
            known = self._known[path, expression] = (now, self._world.value(expression, element))
        return known[1]

    # --- Giving out ----------------------------------------------------------------------------

    def submission(self, *, instance_id: str, deprecated_id: str = "") -> bytes:
        """Return the answer as a submission: what is hidden is left out (OpenRosa, ODK XForms)."""
        root = copy.deepcopy(self._tree)
        self._prune(root, self.form.root)
        meta = root.find("meta")
        if meta is None:
            meta = ET.SubElement(root, "meta")
        for name, value in (("instanceID", instance_id), ("deprecatedID", deprecated_id)):
            if value:
                found = meta.find(name)
                (ET.SubElement(meta, name) if found is None else found).text = value
        out: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
        return out

    def _prune(self, element: ET.Element, path: str) -> None:
        seen: dict[str, int] = {}
        for child in list(element):
            seen[child.tag] = seen.get(child.tag, 0) + 1
            here = f"{path}/{child.tag}"
            if generic(here) in self._repeats:
                here = f"{here}[{seen[child.tag]}]"
            if here in self._hidden:
                element.remove(child)
            else:
                self._prune(child, here)


def _repeats(nodes: Any) -> Iterator[Repeat]:
    for node in nodes:
        if isinstance(node, Repeat):
            yield node
        if hasattr(node, "children"):
            yield from _repeats(node.children)


def _defaults(element: ET.Element, path: str) -> Iterator[tuple[str, str]]:
    """Yield what stands in the form's own answer, by path; of a repeat, in its template."""
    done: set[str] = set()
    for child in element:
        here = f"{path}/{local(child.tag)}"
        if here in done:
            continue
        done.add(here)
        yield from _defaults(child, here) if len(child) else iter([(here, child.text or "")])


def _beside(path: str, at: str) -> str:
    """Return a rule's path with the numbers of the repeats in which `at` stands too."""
    ruled, here = path.split("/"), at.split("/")
    same = 0
    while same < min(len(ruled), len(here)) and generic(here[same]) == ruled[same]:
        same += 1
    return "/".join(here[:same] + ruled[same:])
