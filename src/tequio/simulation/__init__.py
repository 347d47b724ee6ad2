"""Writes invented organisations through the rooms' own actions: for the demo and the tests."""
