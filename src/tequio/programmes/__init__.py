"""Models of intervention as data files, the editions that an organisation signs, and its sites."""
