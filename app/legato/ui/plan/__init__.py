"""A plan for where it hurts."""
