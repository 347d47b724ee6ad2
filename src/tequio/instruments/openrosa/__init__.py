"""What telephones with ODK Collect or KoboCollect speak (OpenRosa), apart from the web.

Nothing here knows the database: envelopes are opened, submissions read, answers written.
"""
