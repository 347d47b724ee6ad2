"""Tags and filters of the pages: icons, form fields, numbers and dates as people write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django import template
from django.conf import settings
from django.forms import BaseForm, BaseFormSet, BoundField
from django.template.loader import render_to_string
from django.utils import formats, timezone, translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from tequio.ui import charts, seats
from tequio.ui.addresses import address
from tequio.ui.circle import Seat
from tequio.ui.icons import ICONS

register = template.Library()

# Django's own short names lack the accents ("sab"), and tables need short ones. They are no texts
# to translate: «mar» would be Tuesday and, in Django's own months, March.
_WEEKDAYS = ("lun", "mar", "mié", "jue", "vie", "sáb", "dom")
_ATTRIBUTE = re.compile(r"(?:hx|data|aria)-[a-z0-9:-]+")


@register.simple_tag
def icon(name: str) -> SafeString:
    """``{% icon "done" %}``: decoration for the eye; the word beside it carries the meaning."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" width="24" height="24" fill="none" '
        'stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" '
        'aria-hidden="true" focusable="false"><path d="{}"/></svg>',
        ICONS[name],
    )


@register.simple_tag
def unchanging(name: str) -> SafeString:
    """``{% unchanging "ui/head.html" %}``: a part without a word or a person in it, drawn once."""
    if settings.DEBUG:
        return render_to_string(name)
    return _drawn_once(name, settings.STORAGES["staticfiles"]["BACKEND"])


@cache
def _drawn_once(name: str, _names_of_files: str) -> SafeString:
    return render_to_string(name)


@register.simple_tag
def to(name: str, *keys: UUID | str) -> str:
    """``{% to 'circles:group' group.pk %}``: what ``{% url %}`` says, for lists of many."""
    return address(name, *keys)


@register.simple_tag
def attrs(attributes: Mapping[str, str] | None) -> SafeString:
    """``{% attrs seat.attributes %}``: only hx-, data- and aria- names, all values escaped."""
    pairs = (attributes or {}).items()
    refused = [name for name, _value in pairs if not _ATTRIBUTE.fullmatch(name)]
    if refused:
        raise template.TemplateSyntaxError(f"attrs takes hx-, data- and aria- names: {refused}")
    return format_html_join("", ' {}="{}"', pairs)


@register.simple_tag(takes_context=True)
def seat_place(context: template.Context, seat: Seat, at: int, oob: bool = False) -> SafeString:
    """``{% seat_place seat 3 %}``: a seat on the ring, with the page's token."""
    return seats.place(seat, at, token=str(context.get("csrf_token", "")), oob=oob)


@register.simple_tag(takes_context=True)
def seat_row(context: template.Context, seat: Seat, oob: bool = False) -> SafeString:
    """``{% seat_row seat %}``: the same man in the list."""
    return seats.row(seat, token=str(context.get("csrf_token", "")), oob=oob)


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """``{% field form.name %}``: label, hint, error and control together."""
    return bound.as_field_group()


@register.simple_tag
def error_summary(*forms: BaseForm | BaseFormSet[Any]) -> SafeString:
    """``{% error_summary form %}``: every error of these forms, linked to its field."""
    errors = [found for form in forms for found in _errors_of(form)]
    return mark_safe(render_to_string("ui/forms/error_summary.html", {"errors": errors}))  # noqa: S308 -- a rendered template, already escaped


def _errors_of(form: BaseForm | BaseFormSet[Any]) -> list[tuple[str, str, str]]:
    """Where each error is: the id to go to, the label of the field, the sentence."""
    if isinstance(form, BaseFormSet):
        found = [("", "", str(text)) for text in form.non_form_errors()]
        return found + [one for inner in form.forms for one in _errors_of(inner)]
    found = [("", "", str(text)) for text in form.non_field_errors()]
    for bound in form:
        found += [(_first_id(bound), str(bound.label), str(text)) for text in bound.errors]
    return found


def _first_id(bound: BoundField) -> str:
    """A group of choices has no control with the field's own id: the link goes to its first."""
    return f"{bound.auto_id}_0" if bound.use_fieldset else bound.id_for_label


@register.simple_tag
def chart(spec: dict[str, Any]) -> SafeString:
    """``{% chart spec %}``: the drawing of a Vega-Lite specification, inlined."""
    return mark_safe(charts.svg(spec))  # noqa: S308 -- drawn by our renderer, text escaped there


@register.filter
def number(value: float | None, places: int = 0) -> str:
    """``1257|number`` gives ``1,257``; a missing value gives a dash, never a zero."""
    return "—" if value is None else f"{value:,.{places}f}"


@register.filter
def percent(share: float | None, places: int = 0) -> str:
    """``0.05|percent`` gives ``5 %`` with a space that does not break."""
    return "—" if share is None else f"{100 * share:.{places}f}\u00a0%"


@register.filter
def day(value: date | datetime | None) -> str:
    """``mar 14 nov 2026``: short enough for a table, with the weekday people plan by."""
    if value is None:
        return "—"
    local = _local(value) if isinstance(value, datetime) else value
    if (translation.get_language() or "").startswith("en"):
        return f"{local:%a} {local.day} {local:%b %Y}"
    return f"{_WEEKDAYS[local.weekday()]} {formats.date_format(local, 'j b Y')}"


@register.filter
def hour(value: datetime | None) -> str:
    """``18:05``, local time."""
    return "—" if value is None else _local(value).strftime("%H:%M")


def _local(value: datetime) -> datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value
