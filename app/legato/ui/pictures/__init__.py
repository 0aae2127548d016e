"""Decodes and shows pictures of steps."""
