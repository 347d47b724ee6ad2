"""May this person, and which rows?"""
