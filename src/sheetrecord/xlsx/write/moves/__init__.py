"""What follows when rows of a sheet move: the rows themselves, what surrounds them, other parts."""
