"""Turns a user's SVG drawing into one that is safe to draw: `filter.safe_svg`."""
