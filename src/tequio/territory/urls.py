"""Addresses of places, of the law of a place, and of what is known about it."""

from __future__ import annotations

from django.urls import path

from tequio.territory.views import context, gatherings, law, maps, places

app_name = "territory"
urlpatterns = [
    path("lugares/municipios/", places.municipalities, name="municipalities"),
    path("lugares/avisos/", law.texts, name="law"),
    path("territorio/", maps.country, name="country"),
    path("territorio/estado/<str:state>/", maps.state, name="state"),
    path("territorio/asambleas/<uuid:heard_id>/quitar/", gatherings.withdraw, name="withdraw"),
    path("territorio/<str:municipality>/", context.diagnosis, name="diagnosis"),
    path("territorio/<str:municipality>/dibujos/", context.drawings, name="drawings"),
    path("territorio/<str:municipality>/pdf/", context.diagnosis_pdf, name="diagnosis-pdf"),
    path("territorio/<str:municipality>/asamblea/", gatherings.write, name="gathering"),
]
