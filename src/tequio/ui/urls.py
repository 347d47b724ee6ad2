"""The gallery: wired in development only."""

from __future__ import annotations

from django.urls import path

from tequio.ui import views

app_name = "ui"

urlpatterns = [
    path("galeria", views.gallery, name="gallery"),
    path("galeria/entrar", views.gallery_plain, name="gallery-plain"),
    path("galeria/muestra.pdf", views.gallery_pdf, name="gallery-pdf"),
    path("galeria/errores/<str:name>", views.gallery_error, name="gallery-error"),
]
