"""Telling an authority of what she said: deciding, reading it, looking at it as another member."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tequio.access.policies import not_visible
from tequio.survivors import door, words
from tequio.survivors.actions import reporting
from tequio.survivors.forms.letters import ReportForm, VerdictForm, WhereForm
from tequio.survivors.opened import OpenWall
from tequio.survivors.rules.sheets import Report
from tequio.survivors.views.asked import here, members, opened, status
from tequio.survivors.words import word
from tequio.territory import law, places
from tequio.territory.models import LawText
from tequio.ui.forms import RefusalsOn


@door.behind
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, wall: OpenWall, case_id: UUID) -> HttpResponse:
    """Choose what it is about and where; read the lawyer's text; decide. All of it by POST."""
    found, _held = opened(wall, case_id)
    context = {"wall": wall, "case": found.case, "cover": found.cover}
    where = WhereForm(request.POST if request.method == "POST" else None)
    if not where.is_bound or not where.is_valid():
        return render(
            request, "survivors/report_where.html", {**context, "form": where}, status=status(where)
        )
    chosen = where.cleaned_data
    text = law.newest(wall.wall.organisation_id, chosen["state"], chosen["about"])
    if request.POST.get("step") != "decide":
        form = ReportForm(initial={**chosen, "step": "decide"})
        return render(
            request, "survivors/report_decide.html", {**context, "form": form, "law": text}
        )
    form = ReportForm(request.POST)
    if form.is_valid():
        with RefusalsOn(form):
            said = _said(wall, form, text)
            made = reporting.decide(by=wall, case_id=case_id, said=said)
            return redirect("survivors:report", case_id=case_id, notice_id=made)
    return render(
        request,
        "survivors/report_decide.html",
        {**context, "form": form, "law": text},
        status=status(form),
    )


@door.behind
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, wall: OpenWall, case_id: UUID, notice_id: UUID) -> HttpResponse:
    """Show a decision; another member says whether it was rightly decided."""
    found, held = opened(wall, case_id)
    there = next((one for one in held if one.id == notice_id), None)
    if there is None or not isinstance(there.body, Report):
        raise not_visible()
    said = there.body
    form = VerdictForm(
        request.POST if request.method == "POST" else None, initial={"version": there.version}
    )
    if form.is_bound and form.is_valid():
        with RefusalsOn(form):
            reporting.review(by=wall, case_id=case_id, sheet_id=notice_id, **form.cleaned_data)
            return redirect("survivors:report", case_id=case_id, notice_id=notice_id)
    names = members(wall)
    context = {
        "wall": wall,
        "case": found.case,
        "cover": found.cover,
        "report": said,
        "form": form,
        "decision": word(words.REPORT_DECISIONS, said.decision),
        "about": word(words.REPORTS_ABOUT, said.about),
        "state": next((one.name for one in places.states() if one.key == said.state), ""),
        "verdict": word(words.REPORT_VERDICTS, said.verdict),
        "decided_by": names.get(said.decided_by, said.decided_by),
        "reviewed_by": names.get(said.reviewed_by, said.reviewed_by),
        "may_review": not said.verdict and said.decided_by != wall.user.login,
    }
    return render(request, "survivors/report.html", context, status=status(form))


def _said(wall: OpenWall, form: ReportForm, text: LawText | None) -> Report:
    data = form.cleaned_data
    return Report(
        about=data["about"],
        decision=data["decision"],
        state=data["state"],
        why=data["why"],
        her_word=data["her_word"],
        authority=data["authority"],
        authority_folio=data["authority_folio"],
        told_at=form.told_at(wall.user.organisation.timezone),
        law=f"{text.author}, {text.dated_on.isoformat()}" if text else "",
        decided_by=wall.user.login,
        decided_at=here(wall),
    )
