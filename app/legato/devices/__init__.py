"""The machine around a session: sound, keep-awake, media keys, suspend."""
