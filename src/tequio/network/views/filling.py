"""A small form on a page of its own: shown, tried, and either done or handed back as typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import require, require_everywhere
from tequio.access.requests import signed_in
from tequio.network.models import Community
from tequio.ui.addresses import address
from tequio.ui.forms import RefusalsOn
from tequio.ui.parts import Link


@dataclass(frozen=True, slots=True)
class Page:
    """What stands around a form."""

    title: str
    crumbs: Sequence[Link]
    back: str
    subtitle: str = ""
    submit: str = ""


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


def sent(request: HttpRequest) -> Any:
    """Return what a form is made with: what was sent, or nothing."""
    return request.POST if request.method == "POST" else None


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
    """Show a form; where it was sent and holds, do it and go back with a word that it is done."""
    if form.is_bound and form.is_valid():
        with RefusalsOn(form):
            act()
            messages.success(request, done)
            return redirect(page.back)
    status = 422 if form.is_bound else 200
    return render(request, template, {"form": form, "page": page, **context}, status=status)
