"""The address of links that open once: the same for everybody, with nothing in it.

The code stands behind the mark of the address, which browsers send to nobody.
"""

from __future__ import annotations

from django.urls import path

from tequio.instruments.views import links

urlpatterns = [path("c/", links.one_time, name="one-time")]
