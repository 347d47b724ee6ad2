"""A sign per verdict, drawn so that it reads without colour."""

from __future__ import annotations

from typing import Final

_DRAWN: Final = {
    "benefit": '<path d="M3 9l4 4 8-9" fill="none" stroke="currentColor" stroke-width="2.6"/>',
    "small_benefit": '<path d="M4 9l3 3 5-6" fill="none" stroke="currentColor" stroke-width="2"/>',
    "no_difference_that_matters": '<path d="M3 6.5h12M3 11.5h12" fill="none" '
    'stroke="currentColor" stroke-width="2.4"/>',
    "harm": '<path d="M9 2l8 14H1z" fill="none" stroke="currentColor" stroke-width="2" '
    'stroke-linejoin="round"/><path d="M9 7v4.5M9 13.2v1.2" stroke="currentColor" '
    'stroke-width="2"/>',
    "unknown": '<path d="M5.5 6.5a3.5 3.5 0 1 1 5 3.2c-1 .5-1.5 1-1.5 2.3M9 14.2v1.6" '
    'fill="none" stroke="currentColor" stroke-width="2.2"/>',
    "change": '<path d="M2 9h13M11 4.5L15.5 9 11 13.500" fill="none" stroke="currentColor" '
    'stroke-width="2" stroke-dasharray="3 2"/>',
    "descriptive": '<circle cx="9" cy="9" r="4" fill="currentColor"/>',
    "refused": '<circle cx="9" cy="9" r="6" fill="none" stroke="currentColor" '
    'stroke-width="2"/><path d="M5 13l8-8" stroke="currentColor" stroke-width="2"/>',
}


def icon(verdict: str) -> str:
    """Return the sign of `verdict` as SVG; decoration, because the word stands beside it."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 18 18" aria-hidden="true" '
        f'focusable="false">{_DRAWN[verdict]}</svg>'
    )


VERDICTS: Final = tuple(_DRAWN)
