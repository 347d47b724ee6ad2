"""Groups, sessions, attendance and its import, and who stays."""
