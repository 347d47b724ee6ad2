"""What this room writes: calls, numbers that were looked at, third absences, emergencies."""
