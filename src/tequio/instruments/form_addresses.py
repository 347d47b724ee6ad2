"""Addresses of an organisation's own forms, and of asking."""

from __future__ import annotations

from django.urls import path

from tequio.instruments.views import filling, own_forms

urlpatterns = [
    path("formularios/", own_forms.own_forms, name="own-forms"),
    path("formularios/traer/", own_forms.bring, name="bring-form"),
    path("formularios/<uuid:own_form_id>/", own_forms.own_form, name="own-form"),
    path("formularios/<uuid:own_form_id>/contestar/", own_forms.begin, name="begin-own"),
    path("formularios/<uuid:own_form_id>/imprimir/", own_forms.print_blank, name="print-own"),
    path("formularios/<uuid:own_form_id>/retirar/", own_forms.retire, name="retire-form"),
    path("formularios/<uuid:own_form_id>/bajar/<str:kind>/", own_forms.give_out, name="give-out"),
    path("formularios/<uuid:own_form_id>/archivo/<str:name>", own_forms.file, name="own-file"),
    path("contestar/<slug:owner>/<uuid:sitting_id>/", filling.fill, name="fill"),
]
