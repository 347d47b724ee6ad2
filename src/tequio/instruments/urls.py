"""Addresses of questionnaires."""

from __future__ import annotations

from tequio.instruments import (
    device_addresses,
    form_addresses,
    library_addresses,
    link_addresses,
)

app_name = "instruments"
urlpatterns = [
    *device_addresses.urlpatterns,  # first: a telephone with no signal all day sends hundreds
    *form_addresses.urlpatterns,
    *library_addresses.urlpatterns,
    *link_addresses.urlpatterns,
]
