"""The map of the legs."""
