"""The safe-contact card, the contact log, and who she is to the team."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tequio.survivors import door
from tequio.survivors.actions import contacts, sheets, ways
from tequio.survivors.forms.contact import CardForm, ContactForm
from tequio.survivors.forms.ways import AboutForm
from tequio.survivors.opened import OpenWall
from tequio.survivors.queries import case as pages
from tequio.survivors.rules.sheets import Body, Held, SafeContact, Who
from tequio.survivors.views.asked import here, members, opened, status, verified_by
from tequio.ui.forms import RefusalsOn


@door.behind
@require_http_methods(["GET", "POST"])
def card(request: HttpRequest, wall: OpenWall, case_id: UUID) -> HttpResponse:
    """Fill the card with her. Whoever saves it has verified it today."""
    found, held = opened(wall, case_id)
    there = _one(held, SafeContact)
    if there and request.method == "GET":
        # Numbers can only be corrected in sight.
        contacts.reveal(by=wall, case_id=case_id, what="where")
    initial = {**CardForm.shown(there.body), "version": there.version} if there else {}
    sent = request.POST if request.method == "POST" else None
    form = CardForm(sent, initial=initial, house=wall.user.organisation.name)
    if form.is_bound and form.is_valid():
        with RefusalsOn(form):
            given = {"verified_on": here(wall).date(), "verified_by": wall.user.login}
            body = form.body(there.body if there else None, given)
            sheets.put(by=wall, case_id=case_id, held=as_read(there, form), body=body)
            return redirect("survivors:case", case_id=case_id)
    context = {"wall": wall, "case": found.case, "cover": found.cover, "form": form}
    return render(request, "survivors/card.html", context, status=status(form))


@door.behind
@require_http_methods(["GET", "POST"])
def contact(request: HttpRequest, wall: OpenWall, case_id: UUID) -> HttpResponse:
    """Write down a contact, with her rules in sight."""
    found, held = opened(wall, case_id)
    form = ContactForm(
        request.POST if request.method == "POST" else None, initial={"on": here(wall).date()}
    )
    if form.is_bound and form.is_valid():
        with RefusalsOn(form):
            contacts.record(by=wall, case_id=case_id, **form.cleaned_data)
            return redirect("survivors:case", case_id=case_id)
    page = pages.page(found.cover, held, now=here(wall))
    context = {
        "wall": wall,
        "case": found.case,
        "cover": found.cover,
        "page": page,
        "form": form,
        "verified_by": verified_by(held, members(wall)),
    }
    return render(request, "survivors/contact.html", context, status=status(form))


@door.behind
@require_http_methods(["GET", "POST"])
def about(request: HttpRequest, wall: OpenWall, case_id: UUID) -> HttpResponse:
    """Change how she is called here, what she wants known, and who accompanies her."""
    found, held = opened(wall, case_id)
    there = _one(held, Who)
    cover = found.cover
    initial: dict[str, object] = {"alias": cover.alias, "accompanied_by": cover.accompanied_by}
    if there:
        initial |= {**AboutForm.shown(there.body), "version": there.version}
    sent = request.POST if request.method == "POST" else None
    form = AboutForm(members(wall).items(), sent, initial=initial)
    if form.is_bound and form.is_valid():
        with RefusalsOn(form):
            body = form.body(there.body if there else None, {})
            sheets.put(by=wall, case_id=case_id, held=as_read(there, form), body=body)
            named = {name: form.cleaned_data[name] for name in ("alias", "accompanied_by")}
            ways.rename(by=wall, case_id=case_id, **named)
            return redirect("survivors:case", case_id=case_id)
    context = {"wall": wall, "case": found.case, "cover": cover, "form": form}
    return render(request, "survivors/about.html", context, status=status(form))


def as_read(there: Held | None, form: AboutForm | CardForm) -> Held | None:
    """Return the sheet in the version that the form was filled over."""
    if there is None:
        return None
    version = form.cleaned_data["version"]
    return Held(there.id, version or there.version, there.body)


def _one(held: list[Held], kind: type[Body]) -> Held | None:
    return next((one for one in held if isinstance(one.body, kind)), None)
