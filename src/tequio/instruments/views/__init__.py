"""Pages of questionnaires, and what telephones ask for."""
