"""What an account counts: rows in, blocks out, each count through the rules of publication."""
