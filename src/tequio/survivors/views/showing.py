"""Words that are shown once: the page that shows them, their paper, and typing them back.

They live in the page alone. It sends them back with whatever is typed, so that a slip shows the
same page again and nothing had to be kept to compare.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tequio.access.policies import not_visible
from tequio.access.requests import signed_in
from tequio.core import phrases
from tequio.core.errors import DomainError
from tequio.survivors import door, paper
from tequio.survivors.actions import founding, members, recovery, unlocking
from tequio.survivors.forms.keys import FoundingBackForm, PaperBackForm, TypedBackForm
from tequio.survivors.policies import open_epoch_of, wall_of
from tequio.ui import files

FOUND: Final = "found"  # a wall was begun
KEY: Final = "key"  # somebody made a key and waits to be admitted
OPEN: Final = "open"  # a member has new words
BY_PAPER: Final = "by_paper"  # somebody brought both envelopes; the page still holds their words
PAPER: Final = "paper"  # the team is about to have a new paper key
_MAX: Final = 400


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands on the page."""

    purpose: str
    passphrase: str = ""
    recovery_code: str = ""
    paper_words: tuple[str, ...] = ()

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the page sends back."""
        return [
            ("purpose", self.purpose),
            ("shown_passphrase", self.passphrase),
            ("shown_code", self.recovery_code),
            ("shown_paper", " ".join(self.paper_words)),
        ]

    @property
    def envelopes(self) -> tuple[tuple[tuple[int, str], ...], ...]:
        """The numbered words of each envelope; those that somebody brought are not shown again."""
        shown = () if self.purpose == BY_PAPER else self.paper_words
        numbered = tuple(enumerate(shown, start=1))
        return (numbered[:12], numbered[12:]) if numbered else ()


def page(request: HttpRequest, shown: Shown, form: Form | None = None) -> HttpResponse:
    """Show the words, once."""
    form = form or _form(shown)
    context = {"shown": shown, "form": form, "wall": door.wall_of(request, touch=False)}
    response = render(request, "survivors/words.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "no-store"
    return response


@door.at_the_door
@require_POST
def typed_back(request: HttpRequest) -> HttpResponse:
    """Compare what was typed from paper, and go on to what the words are for."""
    shown = _sent(request)
    form = _form(shown, request)
    if not form.is_valid():
        return page(request, shown, form)
    typed = form.cleaned_data.get("passphrase", "")
    if phrases.tidy(typed) != phrases.tidy(shown.passphrase):
        form.add_error("passphrase", _("No son las siete palabras de arriba, en su orden."))
        return page(request, shown, form)
    try:
        return _go_on(request, shown, form)
    except DomainError as error:
        form.add_error(None, str(error))
        return page(request, shown, form)


@door.at_the_door
@require_POST
def print_paper(request: HttpRequest) -> HttpResponse:
    """Print the two pages of the envelopes, from the words that the page holds."""
    shown = _sent(request)
    if not _may_print(request, shown):
        raise not_visible()
    made = paper.envelopes(signed_in(request).organisation, shown.paper_words)
    return files.to_keep(made, "sobres.pdf")


@door.at_the_door
@require_POST
def print_code(request: HttpRequest) -> HttpResponse:
    """Print the sheet with the recovery code."""
    shown = _sent(request)
    if not shown.recovery_code:
        raise not_visible()
    return files.to_keep(paper.code_sheet(signed_in(request), shown.recovery_code), "hoja.pdf")


def _may_print(request: HttpRequest, shown: Shown) -> bool:
    """A paper key that is begun, or one that a member is about to put in the old one's place."""
    wall = wall_of(signed_in(request))
    if wall is None:
        return False
    words = " ".join(shown.paper_words)
    if shown.purpose == PAPER:
        return phrases.is_paper(words) and door.wall_of(request, touch=False) is not None
    return founding.is_paper_key_of(open_epoch_of(wall), words)


def _go_on(request: HttpRequest, shown: Shown, form: Form) -> HttpResponse:
    user = signed_in(request)
    typed = form.cleaned_data.get("passphrase", "")
    words = " ".join(shown.paper_words)
    if shown.purpose == PAPER:
        return _new_paper(request, words, _again(form))
    if shown.purpose == KEY:
        members.confirm_key(by=user, passphrase=typed)
        return redirect("survivors:key")
    if shown.purpose == FOUND:
        founding.confirm(by=user, passphrase=typed, paper=words, asked=_again(form))
    elif shown.purpose == BY_PAPER:
        recovery.finish_with_paper(by=user, words=words, passphrase=typed)
    sign_in = request.session.session_key or ""
    opened = unlocking.unlock(by=user, passphrase=typed, sign_in=sign_in)
    return door.open_in(redirect("survivors:home"), opened)


def _new_paper(request: HttpRequest, words: str, asked: Mapping[int, str]) -> HttpResponse:
    wall = door.wall_of(request)
    if wall is None:
        raise DomainError(
            _("El muro se cerró antes de terminar: los sobres de ahora siguen abriendo."),
            hint=_("Ábrelo en otra pestaña, regresa a esta y termina."),
        )
    recovery.new_paper(by=wall, words=words, asked=asked)
    return redirect("survivors:team")


def _again(form: Form) -> dict[int, str]:
    return {n: form.cleaned_data[f"word_{n}"] for n in founding.ASKED_AGAIN}


def _form(shown: Shown, request: HttpRequest | None = None) -> Form:
    data = request.POST if request else None
    kinds: dict[str, type[Form]] = {FOUND: FoundingBackForm, PAPER: PaperBackForm}
    return kinds.get(shown.purpose, TypedBackForm)(data)


def _sent(request: HttpRequest) -> Shown:
    def sent(name: str) -> str:
        return str(request.POST.get(name, ""))[:_MAX]

    return Shown(
        sent("purpose"),
        sent("shown_passphrase"),
        sent("shown_code"),
        tuple(sent("shown_paper").split()),
    )
