"""The SVG filter: parses a foreign drawing, and writes what an allow-list permits."""
