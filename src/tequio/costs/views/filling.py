"""What the pages of this room share: who may, which year, where one is, and filling a form."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import not_visible, require_everywhere
from tequio.access.requests import signed_in
from tequio.core import clock
from tequio.costs.actions.lines import FIRST_YEAR
from tequio.ui import filling
from tequio.ui.filling import Page, sent
from tequio.ui.parts import Link

__all__ = [
    "Page",
    "a_year",
    "crumbs",
    "fill",
    "reader",
    "sent",
    "this_year",
    "writer",
    "writer_of",
    "year_url",
]


def reader(request: HttpRequest) -> User:
    """Return who may read the book."""
    user = signed_in(request)
    require_everywhere(user, Permission.COST_READ)
    return user


def writer(request: HttpRequest) -> User:
    """Return who may write in it; everybody else is refused before anything is shown."""
    user = signed_in(request)
    require_everywhere(user, Permission.COST_WRITE)
    return user


def this_year(user: User) -> int:
    """Return the year that runs where the organisation is."""
    return clock.today(user.organisation.timezone).year


def a_year(user: User, year: int) -> int:
    """Return a year of which there may be costs; any other has no page."""
    if not FIRST_YEAR <= year <= this_year(user):
        raise not_visible()
    return year


def writer_of(request: HttpRequest, year: int) -> User:
    """Return who may write in the book of a year."""
    user = writer(request)
    a_year(user, year)
    return user


def year_url(year: int) -> str:
    """Return the address of a year's list."""
    return reverse("costs:year", args=[year])


def crumbs(year: int) -> list[Link]:
    """Return where one is."""
    return [Link(_("Costos de %(year)s") % {"year": year}, year_url(year))]


def fill(
    request: HttpRequest, form: forms.Form, page: Page, act: Callable[[], object], done: str
) -> HttpResponse:
    """Show a form, or do what it asks and go back, or on to another of the same."""
    return filling.fill(request, form, page, act, done, template="costs/fill.html")
