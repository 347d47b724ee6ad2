"""The XPath of forms (ODK XForms, section 8), compiled once and evaluated over one answer.

XPath itself is `elementpath`'s; what stands here are the functions that forms add to it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final
from xml.etree.ElementTree import Element, ElementTree

from elementpath import ElementPathError, XPathContext, get_node_tree

from tequio.instruments.xform.calls import Around, Surroundings, around
from tequio.instruments.xform.functions import Parser
from tequio.instruments.xform.values import truth, words

# Outside quotation marks, jr:choice-name(…) is choice-name(…): one namespace less to carry about.
_PREFIX: Final = re.compile(r"""("[^"]*"|'[^']*')|\bjr:(choice-name)\b""")

_QUOTED: Final = re.compile(r""""[^"]*"|'[^']*'""")
_PATH: Final = re.compile(r"/[\w.\-]+(?:/[\w.\-]+)*")
_FIELD: Final = re.compile(
    r"""("[^"]*"|'[^']*')|(?<![\w\)\]\.\-/*])(/[A-Za-z_][\w.\-]*(?:/[A-Za-z_][\w.\-]*)+)(?!\s*[:(])"""
)
_WALKS: Final = re.compile(
    r"\.\.|//|\[|::|\*\s*/|/\s*\*"
    r"|\b(?:current|instance|position|last|random|now|today|once|uuid|pulldata|indexed-repeat"
    r"|count|sum|min|max|join|concat|choice-name|count-non-empty)\s*\("
)


class BrokenExpression(ValueError):
    """An expression that cannot be read or evaluated; it names itself."""


class World:
    """One answer's tree, made ready for questions about it. `paths` names its elements."""

    __slots__ = ("_nodes", "_paths", "document", "surroundings")

    def __init__(
        self, root: Element, surroundings: Surroundings, paths: Mapping[str, Element]
    ) -> None:
        self.document = get_node_tree(ElementTree(root))
        self.surroundings = surroundings
        self._paths = paths
        self._nodes = {
            id(node.elem): node for node in self.document.iter() if hasattr(node, "elem")
        }

    def value(self, expression: str, at: Element) -> Any:
        """Evaluate at one element; the result is a string, number, truth value or node list."""
        node = self._nodes.get(id(at))
        token = around.set(Around(self.surroundings, node, self._field))
        try:
            return compiled(expression).evaluate(XPathContext(self.document, item=node))
        except (ElementPathError, TypeError, ValueError, ZeroDivisionError) as error:
            raise BrokenExpression(f"{expression}: {error}") from error
        finally:
            around.reset(token)

    def _field(self, path: str) -> list[Any]:
        """Return the node of a path; what is repeated has several, and is walked to."""
        found = self._paths.get(path)
        if found is not None:
            return [self._nodes[id(found)]]
        walked = _walk(path).evaluate(XPathContext(self.document))
        return walked if isinstance(walked, list) else [walked]

    def true(self, expression: str, at: Element) -> bool:
        """Evaluate to a truth value, as XPath 1 does."""
        return truth(self.value(expression, at))

    def string(self, expression: str, at: Element) -> str:
        """Evaluate to the words that would be read or stored."""
        return words(self.value(expression, at))

    def elements(self, expression: str, at: Element) -> list[Element]:
        """Evaluate to elements."""
        found = self.value(expression, at)
        nodes = found if isinstance(found, list) else [found]
        return [node.elem if hasattr(node, "elem") else node for node in nodes]


@lru_cache(maxsize=1024)
def _walk(path: str) -> Any:
    return Parser().parse(path)


@lru_cache(maxsize=8192)
def leaning(expression: str) -> tuple[str, ...] | None:
    """Return the fields on which an expression leans, besides its own; None if it leans on more.

    What walks about, counts, draws or asks the time is not known by the values of a few fields.
    """
    plain = _QUOTED.sub("''", expression)
    if _WALKS.search(plain):
        return None
    return tuple(dict.fromkeys(_PATH.findall(plain)))


@lru_cache(maxsize=8192)
def compiled(expression: str) -> Any:
    """Return a parsed expression, or raise :class:`BrokenExpression` with the reason."""
    plain = _PREFIX.sub(lambda m: m[1] or m[2], expression)
    # A field named by its whole path is looked up and not walked to: most of a form is that.
    plain = _FIELD.sub(lambda m: m[1] or f"at('{m[2]}')", plain)
    try:
        return Parser().parse(plain)
    except (ElementPathError, SyntaxError, ValueError, IndexError) as error:
        raise BrokenExpression(f"{expression}: {error}") from error
