"""Lists as item models."""
