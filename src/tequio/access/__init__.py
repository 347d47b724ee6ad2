"""Users, roles, policies, sign-in. Organisations share a server and never see each other."""
