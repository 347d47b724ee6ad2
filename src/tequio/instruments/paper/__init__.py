"""Questionnaires on paper: printed with numbered boxes, and typed in again with digits."""
