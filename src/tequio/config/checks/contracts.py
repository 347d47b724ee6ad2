"""A kind of import contract for rooms that are not there yet."""

from __future__ import annotations

from typing import Any

from importlinter.contracts.protected import ProtectedContract
from importlinter.domain.contract import ContractCheck


class ReservedContract(ProtectedContract):
    """Like "protected", but a room that does not exist yet is no error: its place is kept.

    The library refuses a contract that names an absent module, and a contract that is only
    written on the day it is needed is written too late.
    """

    type_name = "reserved"

    def check(self, graph: Any, verbose: bool) -> ContractCheck:
        here: Any = self
        here.protected_modules = _present(graph, here.protected_modules)
        here.allowed_importers = _present(graph, here.allowed_importers)
        return super().check(graph, verbose)


def _present(graph: Any, expressions: Any) -> list[Any]:
    return [e for e in expressions if e.has_wildcard_expression() or e.expression in graph.modules]
