"""One controller for each page and for each service of a session; none knows another."""
