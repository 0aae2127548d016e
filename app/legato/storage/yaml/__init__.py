"""YAML with positions: nodes, field types, schemas, and patches that keep comments."""
