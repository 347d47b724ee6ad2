"""From the folders of published files to the compact tables that the pages read."""
