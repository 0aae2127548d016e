"""The composition root: opens the stores, builds the window and its controllers, and joins them."""
