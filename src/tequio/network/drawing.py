"""The picture of the network, drawn on the server: signs and lines differ, not only colours.

It repeats what the list beside it says; whoever does not see it loses nothing.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Mapping
from typing import Final
from uuid import UUID

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tequio.network.models import Stakeholder, Tie
from tequio.network.rules.layout import Layout

_AUTHORITIES: Final = frozenset({"health", "justice", "education", "women", "government"})
_NEIGHBOURS: Final = frozenset({"group", "faith", "business"})
# Above so many, only those who join most carry their name in the picture.
NAMES_UP_TO: Final = 45
_WITH_NAME: Final = 20
_WIDE: Final = 14
_LINES: Final = 3
# From one line of a name to the next.
_STEP: Final = 15
_RADIUS: Final = 11.0
_SMALL: Final = 6.0


def picture(
    who: Iterable[Stakeholder],
    ties: Iterable[Tie],
    degree: Mapping[UUID, int],
    layout: Layout,
    *,
    label: str,
    key: str,
    fresh: frozenset[UUID] = frozenset(),
) -> SafeString:
    """Return the drawing. Ties in `fresh` are new since the other date and stand out."""
    everybody = [one for one in who if one.pk in layout.places]
    named = _named(everybody, degree, layout)
    radius = _RADIUS if layout.named else _SMALL
    half = layout.size / 2
    rings = format_html_join(
        "",
        '<circle class="ring" cx="{}" cy="{}" r="{}"/>',
        ((_n(half), _n(half), _n(r)) for r in layout.rings),
    )
    lines = format_html_join(
        "", "{}", ((_line(tie, layout, radius, key, new=tie.pk in fresh),) for tie in ties)
    )
    nodes = format_html_join(
        "", "{}", ((_node(one, layout, radius, named=one.pk in named),) for one in everybody)
    )
    return format_html(
        '<svg class="network-picture{6}" viewBox="0 0 {0} {0}" role="img" aria-label="{1}">'
        '<defs><marker id="refers-{5}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
        'markerHeight="7" orient="auto-start-reverse"><path class="arrow" d="M0 0 8 4 0 8Z"/>'
        "</marker></defs>{2}{3}{4}</svg>",
        f"{layout.size:g}",
        label,
        rings,
        lines,
        nodes,
        key,
        "" if layout.named else " is-crowded",
    )


def _named(
    everybody: list[Stakeholder], degree: Mapping[UUID, int], layout: Layout
) -> frozenset[UUID]:
    if layout.named:
        return frozenset(one.pk for one in everybody)
    ranked = sorted(everybody, key=lambda one: (-degree.get(one.pk, 0), one.name_key))
    return frozenset(one.pk for one in ranked[:_WITH_NAME])


def _line(tie: Tie, layout: Layout, radius: float, key: str, *, new: bool) -> SafeString:
    (x1, y1), (x2, y2) = layout.places[tie.source_id], layout.places[tie.target_id]
    length = math.hypot(x2 - x1, y2 - y1) or 1.0
    dx, dy = (x2 - x1) / length * (radius + 3), (y2 - y1) / length * (radius + 3)
    look = f"tie is-{tie.kind}" + (" is-new" if new else "")
    # «Refers» alone has a direction that matters to the eye.
    arrow = format_html(' marker-end="url(#refers-{})"', key) if tie.kind == "refers" else ""
    cross = ""
    if tie.kind == "blocks":
        x, y = (x1 + x2) / 2, (y1 + y2) / 2
        cross = format_html(
            '<path class="cross" d="M{} {}l12 12m0-12-12 12"/>', _n(x - 6), _n(y - 6)
        )
    return format_html(
        '<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"{}/>{}',
        look, _n(x1 + dx), _n(y1 + dy), _n(x2 - dx), _n(y2 - dy), arrow, cross,
    )  # fmt: skip


def _node(one: Stakeholder, layout: Layout, radius: float, *, named: bool) -> SafeString:
    x, y = layout.places[one.pk]
    step = _STEP if layout.named else 2 * _STEP
    return format_html(
        '<g class="node{}"><title>{}</title>{}{}</g>',
        " is-us" if one.is_us else "",
        one.name,
        _sign(one, x, y, radius),
        _words(one.name, x, y + radius + step, step) if named else "",
    )


def _sign(one: Stakeholder, x: float, y: float, r: float) -> SafeString:
    """A square for authorities, a diamond for the neighbourhood, a circle for the others."""
    if one.is_us:
        return format_html(
            '<circle cx="{0}" cy="{1}" r="{2}"/><circle class="inner" cx="{0}" cy="{1}" r="{3}"/>',
            x, y, r + 3, r - 3,
        )  # fmt: skip
    if one.kind in _AUTHORITIES:
        return format_html(
            '<rect x="{0}" y="{1}" width="{2}" height="{2}"/>', _n(x - r), _n(y - r), _n(2 * r)
        )
    if one.kind in _NEIGHBOURS:
        return format_html(
            '<path d="M{0} {1}l{2} {2}-{2} {2}-{2}-{2}Z"/>', _n(x), _n(y - r - 2), _n(r + 2)
        )
    return format_html('<circle cx="{}" cy="{}" r="{}"/>', x, y, r)


def _words(name: str, x: float, y: float, step: int) -> SafeString:
    lines = textwrap.wrap(name, _WIDE, break_long_words=True) or [""]
    if len(lines) > _LINES:
        lines = [*lines[: _LINES - 1], lines[_LINES - 1].rstrip(" ,.")[: _WIDE - 1] + "…"]
    return format_html(
        '<text x="{}" y="{}">{}</text>',
        _n(x),
        _n(y),
        format_html_join(
            "",
            '<tspan x="{}" dy="{}">{}</tspan>',
            ((x, step if n else 0, line) for n, line in enumerate(lines)),
        ),
    )


def described(network_size: int, ties: int) -> str:
    """The picture in one sentence, for who hears it."""
    return _("Dibujo de la red: %(who)s actores y %(ties)s lazos. La lista dice lo mismo.") % {
        "who": network_size,
        "ties": ties,
    }


def _n(value: float) -> str:
    """A number as the drawing takes it."""
    return f"{value:.1f}"
