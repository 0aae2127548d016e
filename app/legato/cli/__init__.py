"""Command-line arguments to exit codes."""
