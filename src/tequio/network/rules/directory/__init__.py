"""Mending what comes in a directory: telephones, states, torn lines, what stands there twice."""
