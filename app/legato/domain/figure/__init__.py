"""The figure as data: joint angles, positions, motion and props."""
