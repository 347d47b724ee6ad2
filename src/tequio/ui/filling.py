"""A small form on a page of its own: shown, tried, and either done or handed back as typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

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
    note: str = ""
    # Whether one may go on with another of the same.
    again: bool = False


def sent(request: HttpRequest) -> Any:
    """Return what a form is made with: what was sent, or nothing."""
    return request.POST if request.method == "POST" else None


def fill(
    request: HttpRequest,
    form: forms.Form,
    page: Page,
    act: Callable[[], object],
    done: str,
    *,
    template: str,
    **context: object,
) -> HttpResponse:
    """Show a form; where it was sent and holds, do it and go back, or on to another of the same."""
    if form.is_bound and form.is_valid():
        with RefusalsOn(form):
            act()
            messages.success(request, done)
            return redirect(request.get_full_path() if "again" in request.POST else page.back)
    status = 422 if form.is_bound else 200
    return render(request, template, {"form": form, "page": page, **context}, status=status)
