"""The window: builds, shows state, sends signals; reads no file and no clock."""
