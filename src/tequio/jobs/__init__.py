"""Background work that shows how far it is and can be cancelled."""
