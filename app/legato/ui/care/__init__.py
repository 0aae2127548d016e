"""When to get help, and why each step is there."""
