"""Drawings from anywhere: parsed once, judged, and written anew from an allow-list."""
