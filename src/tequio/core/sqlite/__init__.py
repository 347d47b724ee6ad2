"""Django's SQLite backend with a fair queue for those who write."""
