"""Legato, a guided stretch timer for people whose legs ache, burn or cramp at night."""

__version__ = "0.1.0"
