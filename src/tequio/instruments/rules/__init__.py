"""Pure decisions on answers: scores, flags, waves."""
