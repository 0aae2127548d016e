"""Reads and writes files as domain values, without Qt."""
