"""What a man may ask about his data, and forgetting him.

Everything here is built from an allow-list of the men's own tables (`data/his_file.csv`). Nothing
of the wall is asked, and no sentence depends on what is behind it.
"""
