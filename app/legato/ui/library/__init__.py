"""The list of routines."""
