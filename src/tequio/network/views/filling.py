"""A small form on a page of its own: shown, tried, and either done or handed back as typed."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import require, require_everywhere
from tequio.access.requests import signed_in
from tequio.network.models import Community
from tequio.ui import filling
from tequio.ui.addresses import address
from tequio.ui.filling import Page, sent
from tequio.ui.parts import Link

__all__ = ["Page", "crumbs", "fill", "may_write", "reader", "sent", "writer"]


def reader(request: HttpRequest) -> User:
    """Return who may see the work with the communities."""
    user = signed_in(request)
    require(user, Permission.NETWORK_READ)
    return user


def writer(request: HttpRequest) -> User:
    """Return who may write here; everybody else is refused before anything is shown."""
    user = signed_in(request)
    require_everywhere(user, Permission.NETWORK_WRITE)
    return user


def may_write(user: User) -> bool:
    """Whether a page shows what can be written."""
    return user.scope(Permission.NETWORK_WRITE) is not None


def crumbs(community: Community | None = None, *more: tuple[str, str]) -> list[Link]:
    """Return where one is: the communities, this one, and what of it."""
    found = [Link(_("Comunidades"), address("network:communities"))]
    if community is not None:
        found.append(Link(community.name, address("network:community", community.pk)))
    return found + [Link(label, url) for label, url in more]


def fill(
    request: HttpRequest,
    form: forms.Form,
    page: Page,
    act: Callable[[], object],
    done: str,
    template: str = "network/fill.html",
    **context: object,
) -> HttpResponse:
    """Show a form in the community's own look, or do what it asks and go back."""
    return filling.fill(request, form, page, act, done, template=template, **context)
