"""Letters that wait: the list, one of them, and what a person does about it."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from tequio.core.text import fold
from tequio.survivors import door, words
from tequio.survivors.actions import letters as actions
from tequio.survivors.actions.letters import NewOffer
from tequio.survivors.forms.letters import (
    AttachForm,
    DismissForm,
    DoneForm,
    OfferForm,
    ReadForm,
    TakeForm,
    TriedForm,
    Versioned,
)
from tequio.survivors.opened import OpenWall
from tequio.survivors.queries import asking
from tequio.survivors.queries.covers import covers
from tequio.survivors.queries.letters import Waits
from tequio.survivors.queries.said import facts
from tequio.survivors.rules.covers import OFFER, OPEN
from tequio.survivors.views.asked import members, status
from tequio.survivors.words import word
from tequio.ui.forms import RefusalsOn


@door.behind
@require_GET
def letters(request: HttpRequest, wall: OpenWall) -> HttpResponse:
    """Open what lies in the slot and show what waits."""
    context = {"wall": wall, "inbox": actions.received(wall), "names": members(wall)}
    return render(request, "survivors/letters.html", context)


@door.behind
@require_GET
def letter(request: HttpRequest, wall: OpenWall, letter_id: UUID) -> HttpResponse:
    """Show one letter. Reading is written down."""
    return _page(request, wall, actions.read(wall, letter_id))


@door.behind
@require_POST
def take(request: HttpRequest, wall: OpenWall, letter_id: UUID) -> HttpResponse:
    """Say that oneself attends to it."""
    found, form = actions.read(wall, letter_id), TakeForm(request.POST)
    if form.is_valid():
        with RefusalsOn(form):
            actions.take(by=wall, letter_id=letter_id, **form.cleaned_data)
            return redirect("survivors:letter", letter_id=letter_id)
    return _page(request, wall, found, form)


@door.behind
@require_POST
def tried(request: HttpRequest, wall: OpenWall, letter_id: UUID) -> HttpResponse:
    """Write down that she could not be reached."""
    found, form = actions.read(wall, letter_id), TriedForm(request.POST)
    if form.is_valid():
        with RefusalsOn(form):
            actions.tried(by=wall, letter_id=letter_id, **form.cleaned_data)
            return redirect("survivors:letters")
    return _page(request, wall, found, form)


@door.behind
@require_POST
def done(request: HttpRequest, wall: OpenWall, letter_id: UUID) -> HttpResponse:
    """Write down what was done; it goes into her case."""
    found = actions.read(wall, letter_id)
    form = _done_form(found)(request.POST)
    if form.is_valid():
        with RefusalsOn(form):
            case_id = actions.done(by=wall, letter_id=letter_id, **form.cleaned_data)
            return redirect("survivors:case", case_id=case_id)
    return _page(request, wall, found, form)


@door.behind
@require_POST
def offer(request: HttpRequest, wall: OpenWall, letter_id: UUID) -> HttpResponse:
    """Make an offer of contact of it."""
    found, form = actions.read(wall, letter_id), OfferForm(members(wall).items(), request.POST)
    if form.is_valid():
        with RefusalsOn(form):
            typed = dict(form.cleaned_data)
            version = typed.pop("version")
            new = NewOffer(relation=_relation(found), **typed)
            made = actions.offer(by=wall, letter_id=letter_id, version=version, new=new)
            return redirect("survivors:case", case_id=made)
    return _page(request, wall, found, form)


@door.behind
@require_POST
def attach(request: HttpRequest, wall: OpenWall, letter_id: UUID) -> HttpResponse:
    """Keep it in the case of the woman whom it is about."""
    found = actions.read(wall, letter_id)
    form = AttachForm(_women(wall, found), request.POST)
    if form.is_valid():
        with RefusalsOn(form):
            typed = {**form.cleaned_data, "case_id": UUID(form.cleaned_data["case"])}
            del typed["case"]
            actions.attach(by=wall, letter_id=letter_id, **typed)
            return redirect("survivors:case", case_id=typed["case_id"])
    return _page(request, wall, found, form)


@door.behind
@require_POST
def dismiss(request: HttpRequest, wall: OpenWall, letter_id: UUID) -> HttpResponse:
    """Shred it, with a reason."""
    found, form = actions.read(wall, letter_id), DismissForm(request.POST)
    if form.is_valid():
        with RefusalsOn(form):
            actions.dismiss(by=wall, letter_id=letter_id, **form.cleaned_data)
            return redirect("survivors:letters")
    return _page(request, wall, found, form)


def _page(
    request: HttpRequest, wall: OpenWall, found: Waits, failed: forms.Form | None = None
) -> HttpResponse:
    context = {
        "wall": wall,
        "waits": found,
        "letter": found.letter,
        "title": word(words.LETTERS, found.letter.kind),
        "facts": facts(found.letter),
        "wish": actions.wish_of(wall, found),
        "names": members(wall),
        "failed": failed,
        "said": asking.said_in(found.letter.says or {}) if found.case_id is None else (),
        "sheet_id": (found.letter.says or {}).get("sheet", ""),
        "sent": failed.__class__.__name__ if failed is not None else "",
        **_forms(wall, found, failed),
    }
    code = 200 if failed is None else status(failed)
    return render(request, "survivors/letter.html", context, status=code)


def _forms(wall: OpenWall, found: Waits, failed: forms.Form | None) -> dict[str, forms.Form]:
    """Return every form of the page; the one that was sent as it was sent."""
    version = {"version": found.version}
    shown: dict[str, forms.Form] = {"take_form": TakeForm(initial=version)}
    if found.case_id is not None:
        shown["tried_form"] = TriedForm(initial=version)
        shown["done_form"] = _done_form(found)(initial=version)
    elif found.letter.of_answers:
        shown["attach_form"] = AttachForm(_women(wall, found), initial=version)
        shown["dismiss_form"] = DismissForm(initial=version)
    else:
        who = {**version, "who": wall.user.login}
        shown["offer_form"] = OfferForm(members(wall).items(), initial=who)
        shown["attach_form"] = AttachForm(_women(wall, found), initial=version)
        shown["dismiss_form"] = DismissForm(initial=version)
    for name, form in shown.items():
        if failed is not None and type(form) is type(failed):
            shown[name] = failed
        assert isinstance(shown[name], Versioned)  # noqa: S101 -- all of them are
    return shown


def _done_form(found: Waits) -> type[DoneForm]:
    return ReadForm if found.letter.of_answers else DoneForm


def _women(wall: OpenWall, found: Waits) -> list[tuple[str, str]]:
    """Return whose it may be: first those to whom this man's folio belongs."""
    lines = [line for line in covers(by=wall) if line.cover.state in (OPEN, OFFER)]
    folio = found.letter.folio
    lines.sort(key=lambda one: (not (folio and folio in one.cover.men), fold(one.cover.alias)))
    return [(str(one.id), f"{one.cover.alias} · {one.cover.folio}") for one in lines]


def _relation(found: Waits) -> str:
    said = str((found.letter.says or {}).get("relation", "other"))
    return said if said in words.codes(words.RELATIONS) else "other"
