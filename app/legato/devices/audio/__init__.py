"""Sound output: cues scheduled on the clock of the device, with two backends."""
