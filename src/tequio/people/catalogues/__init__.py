"""Catalogues that come as dated data files: read once, checked, and never changed."""
