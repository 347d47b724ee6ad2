"""Addresses: demands, committees and actions."""

from __future__ import annotations

from django.urls import URLPattern, path

from tequio.network.views import committees, demands

_ONE = "comunidades/<uuid:community_id>/"
urlpatterns: list[URLPattern] = [
    path(f"{_ONE}demandas/", demands.demands, name="demands"),
    path(f"{_ONE}demandas/nueva/", demands.new, name="new-demand"),
    path(f"{_ONE}asambleas/nueva/", demands.new_assembly, name="new-assembly"),
    path("asambleas/<uuid:assembly_id>/", demands.assembly, name="assembly"),
    path(f"{_ONE}acciones/", demands.doings, name="doings"),
    path(f"{_ONE}acciones/nueva/", demands.new_doing, name="new-doing"),
    path("acciones/<uuid:action_id>/", demands.one_doing, name="doing"),
    path(f"{_ONE}cartel/", demands.wall_page, name="wall-pdf"),
    path(f"{_ONE}comites/", committees.committees, name="committees"),
    path(f"{_ONE}comites/nuevo/", committees.new, name="new-committee"),
    path("comites/<uuid:committee_id>/", committees.committee, name="committee"),
    path("comites/<uuid:committee_id>/integrantes/", committees.new_member, name="new-member"),
    path("comites/<uuid:committee_id>/reuniones/", committees.new_meeting, name="new-meeting"),
    path("comites/<uuid:committee_id>/dinero/", committees.new_money, name="new-money"),
    path("integrantes/<uuid:member_id>/salida/", committees.leave, name="member-leaves"),
    path("integrantes/<uuid:member_id>/periodo/", committees.renew, name="member-stays"),
]
