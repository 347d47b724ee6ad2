"""The intake: a few short pages, each kept as soon as it is sent."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import not_visible, pick, require, require_everywhere
from tequio.access.requests import signed_in
from tequio.core import clock
from tequio.core.errors import DomainError, Forbidden, NotVisible
from tequio.people import actions, words
from tequio.people.forms import FORMS, LifeForm, MinorForm, StepForm
from tequio.people.models import Participant
from tequio.people.policies import visible_to
from tequio.people.queries import intake as queries
from tequio.people.queries.intake import Entry
from tequio.people.rules import finishing, steps
from tequio.people.rules.answers import Guardian
from tequio.people.views.summary import facts, needs


@dataclass(frozen=True, slots=True)
class Way:
    """One man's intake and where in it the page stands."""

    participant: Participant
    entry: Entry
    path: tuple[steps.Step, ...]
    ask_age: bool

    def page(self, slug: str) -> dict[str, object]:
        """Return what every step shows."""
        slugs = [step.slug for step in self.path]
        if slug not in slugs:
            raise not_visible()
        at = slugs.index(slug)
        return {
            "participant": self.participant,
            "step": self.path[at],
            "number": at + 1,
            "of": len(slugs),
            "before": slugs[at - 1] if at else "",
        }


@require_GET
def summary(request: HttpRequest, folio: str) -> HttpResponse:
    """Show the intake to who coordinates; to who runs his group, what the group has to prepare."""
    user = signed_in(request)
    participant = actions.open_file(by=user, folio=folio)
    entry = queries.entry(user, participant)
    takes = user.scope(Permission.INTAKE_TAKE) is not None
    context = {
        "participant": participant,
        "entry": entry,
        "facts": facts(entry) if entry else [],
        "needs": needs(entry.answers if entry else queries.group_needs(user, participant)),
        "reads_all": user.scope(Permission.INTAKE_READ) is not None,
        "may_take": takes,
        "may_consent": user.scope(Permission.CONSENT_RECORD) is not None,
        "gaps": [words.GAPS[gap] for gap in queries.may_join(participant)] if takes else [],
    }
    return render(request, "people/intake.html", context)


@require_POST
def start(request: HttpRequest, folio: str) -> HttpResponse:
    """Begin, or go on with what was begun."""
    actions.start_intake(by=signed_in(request), folio=folio)
    return redirect("people:intake-step", folio=folio, step=steps.ARRIVAL.slug)


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, folio: str, step: str) -> HttpResponse:
    """Ask one step; what was answered is kept before the next one is asked."""
    user = signed_in(request)
    way = way_of(user, folio)
    page = way.page(step)
    if step in steps.APART:
        return redirect(f"people:{_PAGES[step]}", folio=folio)
    form = _form(request, way, step)
    if request.method == "POST" and form.is_valid():
        actions.answer(by=user, folio=folio, values=form.values())
        return _next(request, user, folio, step)
    status = 422 if form.is_bound else 200
    return render(request, "people/step.html", {**page, "form": form}, status=status)


@require_http_methods(["GET", "POST"])
def minor(request: HttpRequest, folio: str) -> HttpResponse:
    """Write down what was checked before a minor takes part."""
    user = signed_in(request)
    way = way_of(user, folio)
    page = way.page(steps.MINOR.slug)
    guardian = queries.guardian_of(way.participant)
    known = {name: getattr(guardian, name) for name in MinorForm.base_fields}
    form = MinorForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        values = {name: str(value) for name, value in form.cleaned_data.items()}
        try:
            actions.safeguard(by=user, folio=folio, guardian=Guardian(**values))
        except (Forbidden, NotVisible):
            raise
        except DomainError as error:
            form.add_error("uses_violence", str(error))
        else:
            return _next(request, user, folio, steps.MINOR.slug)
    status = 422 if form.is_bound else 200
    return render(request, "people/minor.html", {**page, "form": form}, status=status)


@require_http_methods(["GET", "POST"])
def finish(request: HttpRequest, folio: str) -> HttpResponse:
    """Show what was answered and what is missing, and finish."""
    user = signed_in(request)
    way = way_of(user, folio)
    problem = ""
    if request.method == "POST":
        try:
            actions.finish_intake(by=user, folio=folio)
        except (Forbidden, NotVisible):
            raise
        except DomainError as error:
            problem = str(error)
        else:
            messages.success(request, _("El ingreso quedó completo."))
            return redirect("people:intake", folio=folio)
    context = {
        **way.page(steps.END.slug),
        "facts": facts(way.entry),
        "gaps": [words.GAPS[gap] for gap in queries.may_join(way.participant)],
        "problem": problem,
        "path": way.path[:-1],
    }
    return render(request, "people/finish.html", context, status=422 if problem else 200)


_PAGES = {
    steps.AGREEMENTS.slug: "consents",
    steps.MINOR.slug: "minor",
    steps.PARTNER.slug: "partner",
    steps.END.slug: "finish-intake",
}


def way_of(user: User, folio: str) -> Way:
    """Return where a man's intake stands, for who takes it."""
    participant = pick(visible_to(user), folio=folio)
    require(user, Permission.INTAKE_TAKE)
    require_everywhere(user, Permission.INTAKE_TAKE)
    entry = queries.entry(user, participant)
    if entry is None:
        raise not_visible()
    year, this_year = queries.birth_year_of(participant), clock.now().year
    is_minor = finishing.is_minor(year, entry.answers.adult, this_year)
    return Way(
        participant,
        entry,
        steps.steps(entry.answers, minor=is_minor),
        finishing.must_ask_age(year, this_year),
    )


def _form(request: HttpRequest, way: Way, slug: str) -> StepForm:
    shape = FORMS[slug]
    if shape is LifeForm:
        return LifeForm(request.POST or None, initial=_known(way), ask_age=way.ask_age)
    return shape(request.POST or None, initial=_known(way))


def _known(way: Way) -> dict[str, object]:
    answers, texts, intake = way.entry.answers, way.entry.texts, way.entry.intake
    known = {**answers.stored(), **{n: getattr(texts, n) for n in texts.__slots__}}
    return {
        **known,
        "route": intake.route,
        "motive": intake.motive,
        "municipality_words": queries.place_name(answers),
    }


def _next(request: HttpRequest, user: User, folio: str, slug: str) -> HttpResponse:
    if "later" in request.POST:
        messages.success(request, _("Se guardó lo que llevas. Puedes seguir otro día."))
        return redirect("people:intake", folio=folio)
    after = steps.following(way_of(user, folio).path, slug)
    if after in steps.APART:
        return redirect(f"people:{_PAGES[after]}", folio=folio)
    return redirect("people:intake-step", folio=folio, step=after)
