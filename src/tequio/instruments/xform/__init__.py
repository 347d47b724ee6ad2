"""Forms as ODK, Kobo and Excel know them (XForms), read and filled in by ourselves."""
