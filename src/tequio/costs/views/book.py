"""The book of a year: its list, and what is written into it and taken out."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tequio.access.policies import not_visible
from tequio.core.money import written
from tequio.costs.actions import entries as entry_actions
from tequio.costs.actions import incomes as income_actions
from tequio.costs.actions import terms as term_actions
from tequio.costs.forms.lines import (
    ENTERED,
    ContactForm,
    ExpenseForm,
    HoursForm,
    IncomeForm,
    TermsForm,
)
from tequio.costs.models import Entry, Terms
from tequio.costs.policies.books import may_write, terms_visible_to
from tequio.costs.queries import pages
from tequio.costs.views.filling import (
    Page,
    a_year,
    crumbs,
    fill,
    reader,
    sent,
    this_year,
    writer,
    writer_of,
    year_url,
)


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Go to the year that runs."""
    return redirect(year_url(this_year(reader(request))))


@require_GET
def year(request: HttpRequest, year: int) -> HttpResponse:
    """List what is written of a year."""
    user = reader(request)
    now = this_year(user)
    found = pages.year_page(user, a_year(user, year), now, whole=request.GET.get("ver", ""))
    context = {
        "found": found,
        "years": [(one, year_url(one), one == year) for one in found.years],
        "paid": written(found.money.paid, found.currency),
        "given": written(found.money.given, found.currency),
        "received": written(found.received, found.currency),
        "left": written(found.left, found.currency),
        "may_write": may_write(user),
        "anything": found.money.whole or any(one.rows for one in found.sections),
    }
    return render(request, "costs/year.html", context)


@require_http_methods(["GET", "POST"])
def new_expense(request: HttpRequest, year: int) -> HttpResponse:
    """Write an expense of one kind."""
    user = writer_of(request, year)
    kind = request.GET.get("clase", Entry.Kind.OTHER)
    if kind not in ENTERED:
        raise not_visible()
    form = ExpenseForm(user, kind, sent(request))
    title = _("Anotar en %(year)s: %(kind)s") % {
        "year": year,
        "kind": str(Entry.Kind(kind).label).lower(),
    }
    return fill(
        request,
        form,
        Page(title, crumbs(year), year_url(year), again=True),
        lambda: entry_actions.write_expense(by=user, expense=form.expense(year)),
        _("Quedó anotado. Un renglón no se cambia: si está mal, se quita y se escribe otro."),
    )


@require_http_methods(["GET", "POST"])
def new_hours(request: HttpRequest, year: int) -> HttpResponse:
    """Write hours of a task."""
    user = writer_of(request, year)
    form = HoursForm(user, _terms(request, year), sent(request))
    page = Page(
        _("Anotar horas de %(year)s") % {"year": year},
        crumbs(year),
        year_url(year),
        note=_("Las de sesiones y preparación ya las propone el calendario: solo se confirman."),
        again=True,
    )
    return fill(
        request,
        form,
        page,
        lambda: entry_actions.write_hours(by=user, hours=form.hours(year)),
        _("Las horas quedaron anotadas."),
    )


@require_http_methods(["GET", "POST"])
def contact(request: HttpRequest, year: int) -> HttpResponse:
    """Write the one total of a year of contact with partners."""
    user = writer_of(request, year)
    form = ContactForm(user, _terms(request, year), sent(request))
    page = Page(
        _("Contacto y acompañamiento en %(year)s") % {"year": year},
        crumbs(year),
        year_url(year),
        subtitle=_("Un solo total de horas, de toda la organización y de todo el año"),
        note=_(
            "No se anota por grupo, por sede ni por mes: diría en dónde contestó alguna mujer. "
            "Pídele el total a quien acompaña; no hace falta decir de cuántas."
        ),
    )
    return fill(
        request,
        form,
        page,
        lambda: entry_actions.write_hours(by=user, hours=form.hours(year)),
        _("El total del año quedó anotado."),
    )


@require_http_methods(["GET", "POST"])
def new_income(request: HttpRequest, year: int) -> HttpResponse:
    """Write what came in."""
    user = writer_of(request, year)
    form = IncomeForm(sent(request))
    page = Page(
        _("Anotar un ingreso de %(year)s") % {"year": year},
        crumbs(year),
        year_url(year),
        note=_(
            "Lo que dieron en especie no va aquí: se anota como gasto que «lo dieron», una sola "
            "vez. Ninguna aportación es condición para entrar, y aquí no se sabe de quién es."
        ),
        again=True,
    )
    return fill(
        request,
        form,
        page,
        lambda: income_actions.receive(by=user, received=form.received(year)),
        _("El ingreso quedó anotado."),
    )


@require_http_methods(["GET", "POST"])
def terms(request: HttpRequest, year: int) -> HttpResponse:
    """Say what is assumed for a year."""
    user = writer_of(request, year)
    before = terms_visible_to(user).filter(year__lte=year).order_by("-year").first()
    form = TermsForm(sent(request), initial=TermsForm.start(before or Terms(year=year)))
    page = Page(
        _("Supuestos de %(year)s") % {"year": year},
        crumbs(year),
        year_url(year),
        subtitle=_("Se dicen una vez y salen con cada resultado"),
        note=_("Lo que ya está anotado conserva el costo por hora con el que se escribió."),
    )
    return fill(
        request,
        form,
        page,
        lambda: term_actions.assume(by=user, year=year, assumed=form.assumed()),
        _("Los supuestos quedaron escritos."),
    )


@require_POST
def void(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """Take a line out."""
    row = entry_actions.void(by=writer(request), entry_id=line_id)
    messages.success(request, _("El renglón ya no cuenta. Queda escrito que se quitó."))
    return redirect(reverse("costs:year", args=[row.year]))


@require_POST
def void_income(request: HttpRequest, income_id: UUID) -> HttpResponse:
    """Take an income out."""
    row = income_actions.void(by=writer(request), income_id=income_id)
    messages.success(request, _("El ingreso ya no cuenta. Queda escrito que se quitó."))
    return redirect(reverse("costs:year", args=[row.year]))


def _terms(request: HttpRequest, year: int) -> Terms | None:
    return terms_visible_to(reader(request)).filter(year=year).first()
