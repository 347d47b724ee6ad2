"""Read the request, call, answer."""
