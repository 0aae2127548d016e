"""Files to domain values and back; no Qt."""
