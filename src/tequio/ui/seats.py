"""A seat and a row of the list as HTML. Written here and not as templates: the page of a session
draws thirty of them, and each costs a template four times what it costs this.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from tequio.ui.circle import Seat

_NOTHING = SafeString("")


def place(seat: Seat, at: int, *, token: str, oob: bool = False) -> SafeString:
    """Return the seat on the ring; `at` is its number there, from 0.

    A form of one button: it works without a script. `oob` marks the answer to a save.
    """
    return format_html(
        '<li class="seat at-{} is-{}{}" id="place-{}"{}>{}<span class="name" aria-hidden="true">'
        "{}</span></li>",
        at,
        seat.kind,
        _current(seat),
        seat.id,
        _swapped(oob),
        _button(seat, token) if seat.url else _link(seat) if seat.leads_to else _drawn(seat),
        seat.label,
    )


def row(seat: Seat, *, token: str, oob: bool = False) -> SafeString:
    """Return the same man as in the circle, for those who prefer the list."""
    name = conditional_escape(seat.label)
    return format_html(
        '<li class="seat-row{}" id="row-{}"{}><div class="words">'
        '<span class="who" id="row-{}-name">{}</span>{}</div>'
        '<form method="post" action="{}"{}>{}'
        '<div class="answers" role="group" aria-labelledby="row-{}-name">{}</div></form></li>',
        _current(seat),
        seat.id,
        _swapped(oob),
        seat.id,
        format_html('<a href="{}">{}</a>', seat.href, name) if seat.href else name,
        format_html('<span class="note muted">{}</span>', seat.note) if seat.note else _NOTHING,
        seat.url,
        attributes(seat.attributes),
        _token(token),
        seat.id,
        _answers(seat),
    )


def attributes(pairs: Mapping[str, str]) -> SafeString:
    """Return attributes with their values escaped."""
    return format_html_join("", ' {}="{}"', pairs.items())


def _answers(seat: Seat) -> SafeString:
    return format_html_join(
        "",
        '<button type="submit" id="row-{}-{}" name="status" value="{}" data-key="{}" '
        'aria-pressed="{}">{}</button>',
        (
            (
                seat.id,
                words.value,
                "" if pressed else words.value,
                words.key,
                "true" if pressed else "false",
                words.word,
            )
            for words, pressed in seat.answers
        ),
    )


def _button(seat: Seat, token: str) -> SafeString:
    return format_html(
        '<form method="post" action="{}"{}>{}<button class="dot" id="seat-{}" type="submit" '
        'name="status" value="{}" data-seat>{}</button></form>',
        seat.url,
        attributes(seat.attributes),
        _token(token),
        seat.id,
        seat.next.value,
        _face(seat),
    )


def _link(seat: Seat) -> SafeString:
    return format_html(
        '<a class="dot" id="seat-{}" href="{}"{}{}>{}</a>',
        seat.id,
        seat.leads_to,
        mark_safe(' aria-current="true"') if seat.current else _NOTHING,
        attributes(seat.attributes),
        _face(seat),
    )


def _drawn(seat: Seat) -> SafeString:
    return format_html('<div class="dot">{}</div>', _face(seat))


def _face(seat: Seat) -> SafeString:
    """The letters and the sign for the eye, and the whole sentence for who listens."""
    return format_html(
        '<span class="letters{}" aria-hidden="true">{}</span>{}'
        '<span class="visually-hidden">{}</span>',
        " long" if len(seat.letters) > 3 else "",
        seat.letters,
        _NOTHING if seat.facilitator else _sign(seat),
        seat.spoken,
    )


def _sign(seat: Seat) -> SafeString:
    sign = seat.sign or ("" if seat.leads_to else seat.words.sign)
    return (
        format_html('<span class="sign" aria-hidden="true">{}</span>', sign) if sign else _NOTHING
    )


def _token(token: str) -> SafeString:
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token)


def _current(seat: Seat) -> str:
    return " is-current" if seat.current else ""


def _swapped(oob: bool) -> SafeString:
    return mark_safe(' hx-swap-oob="true"') if oob else _NOTHING
