"""The men in the programmes: folio and alias in clear, identity in the vault."""
