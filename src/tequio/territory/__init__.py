"""Where things are: states and municipalities of Mexico by INEGI's keys, free words elsewhere."""
