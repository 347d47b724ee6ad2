"""Clock, identifiers, randomness, errors, sealing and tabular files: what every room stands on."""
