"""How a folio stands in an address."""

from __future__ import annotations

from typing import Final

from django.urls import register_converter


class _Folio:
    """Letters, digits and dashes: whatever else somebody sends is no address of ours."""

    regex = "[0-9A-Za-z-]{1,12}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


FOLIO: Final = "folio"
register_converter(_Folio, FOLIO)
