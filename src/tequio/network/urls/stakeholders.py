"""Addresses: who is in the network, what they promised and how they are tied."""

from __future__ import annotations

from django.urls import URLPattern, path

from tequio.network.views import network, stakeholders

urlpatterns: list[URLPattern] = [
    path("red/", network.picture, name="picture"),
    path("red/cambio/", network.change, name="change"),
    path("red/acuerdos/", network.agreements, name="agreements"),
    path(
        "red/acuerdos/<uuid:agreement_id>/termino/",
        stakeholders.end_agreement,
        name="end-agreement",
    ),
    path("red/lazos/<uuid:tie_id>/termino/", stakeholders.end_tie, name="end-tie"),
    path("red/actores/", network.stakeholders, name="stakeholders"),
    path("red/actores/nuevo/", stakeholders.new, name="new-stakeholder"),
    path("red/actores/<uuid:stakeholder_id>/", stakeholders.stakeholder, name="stakeholder"),
    path(
        "red/actores/<uuid:stakeholder_id>/corregir/",
        stakeholders.correct,
        name="correct-stakeholder",
    ),
    path("red/actores/<uuid:stakeholder_id>/compromiso/", stakeholders.commit, name="commit"),
    path("red/actores/<uuid:stakeholder_id>/acuerdo/", stakeholders.agree, name="agree"),
    path("red/actores/<uuid:stakeholder_id>/lazo/", stakeholders.tie, name="tie"),
]
