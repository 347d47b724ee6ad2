"""The wall's openings: the slot through which sealed letters go in, and the list that comes out."""
