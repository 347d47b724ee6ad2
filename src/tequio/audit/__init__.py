"""Who did and who saw what: rows that can only be added, sealed in batches."""
