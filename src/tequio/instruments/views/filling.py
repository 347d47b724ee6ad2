"""Asking: one question a screen, by POST, with or without JavaScript.

The address never says which question it is and holds no answer. `ask` is for whoever has a
sitting: the room of men, the wall and this one's own forms all ask through it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tequio.access.policies import not_visible
from tequio.access.requests import signed_in
from tequio.instruments import stores
from tequio.instruments.steps import END, Steps
from tequio.instruments.stores import Done, How, Sitting
from tequio.instruments.typed import Field
from tequio.instruments.whole_page import WholePage


@require_http_methods(["GET", "POST"])
def fill(request: HttpRequest, owner: str, sitting_id: UUID) -> HttpResponse:
    """Ask whoever is in front of somebody who is signed in."""
    if owner not in stores.names():
        raise not_visible()
    return ask(request, stores.of(owner).sitting(signed_in(request), sitting_id))


def ask(
    request: HttpRequest,
    sitting: Sitting,
    *,
    how: How = How.WORKER,
    base: str = "ui/base.html",
    beside: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Show where an answer stands, or take what was sent and go on.

    Parameters
    ----------
    base
        The page around the question.
    beside
        What that page needs besides.
    """
    steps = WholePage(sitting) if getattr(sitting, "whole_page", False) else Steps(sitting)
    around = {"base": base, **(beside or {})}
    if request.method != "POST":
        return _shown(request, steps, around)
    todo = request.POST.get("do", "next")
    here = steps.screen
    asked_for = request.POST.get("screen", "")
    if asked_for != (END if here is None else here.key):
        # Another tab, or the way back of the browser: what is asked now is shown again.
        return _went_on(request, steps, around)
    if todo == "finish" and here is None:
        done = steps.finish(how)
        if done is not None:
            return _finished(request, done, around)
    elif todo in ("next", "later"):
        problems = steps.take(request.POST)
        if todo == "later":
            steps.keep()
            return _gone(request, sitting.back_url)
        if problems:
            steps.keep()
            return _shown(request, steps, around, problems)
        steps.forward()
    else:
        _turn(request, steps, todo)
    steps.keep()
    return _went_on(request, steps, around)


def _turn(request: HttpRequest, steps: Steps, todo: str) -> None:
    """Do what answers nothing: another language, one screen back, one more or one less."""
    if todo == "language":
        steps.take(request.POST)
        steps.speak(request.POST.get("language", ""))
    elif todo == "back":
        steps.take(request.POST)
        steps.back()
    elif todo == "none":
        steps.none()
    elif todo == "less":
        steps.one_less()
    elif todo in ("more", "enough"):
        steps.one_more(wanted=todo == "more")


def _shown(
    request: HttpRequest,
    steps: Steps,
    around: Mapping[str, Any],
    problems: Mapping[str, str] | None = None,
) -> HttpResponse:
    part = bool(request.headers.get("HX-Request"))
    fields = steps.fields(problems)
    context = {
        **around,
        "steps": steps,
        "screen": steps.screen,
        "fields": fields,
        "alone": _alone(fields),
        "total": len(steps.screens),
        "title": steps.sitting.title,
        "back_url": steps.sitting.back_url,
        "languages": steps.form.languages if len(steps.form.languages) > 1 else (),
    }
    template = "instruments/_question.html" if part else "instruments/filling.html"
    response = render(request, template, context, status=422 if problems else 200)
    response["Cache-Control"] = "no-store"
    return response


def _alone(fields: Sequence[Field]) -> str:
    """Return which field is the heading of its screen: the only question, or the only text."""
    asked = [one.name for one in fields if one.kind != "note"] or [one.name for one in fields[:1]]
    return asked[0] if len(asked) == 1 else ""


def _went_on(request: HttpRequest, steps: Steps, around: Mapping[str, Any]) -> HttpResponse:
    """With JavaScript the next question comes at once; without it the browser is sent for it."""
    if request.headers.get("HX-Request"):
        return _shown(request, steps, around)
    return redirect(request.path)


def _finished(request: HttpRequest, done: Done, around: Mapping[str, Any]) -> HttpResponse:
    if not done.raised:
        return _gone(request, done.url)
    part = bool(request.headers.get("HX-Request"))
    template = "instruments/_raised.html" if part else "instruments/raised.html"
    response = render(request, template, {**around, "done": done})
    response["Cache-Control"] = "no-store"
    return response


def _gone(request: HttpRequest, address: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)
