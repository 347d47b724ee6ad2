"""Between a register's plan and the rows of this room: what a person chose, where each mark goes.

Pure except for `files`, which seals, and `reading`, which opens a sealed file and reads it again.
"""
