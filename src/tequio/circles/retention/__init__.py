"""Who stays: from the groups' own marks to figures that say what they do not know."""
