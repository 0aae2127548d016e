"""Help with a cramp."""
