"""Draws the figure."""
