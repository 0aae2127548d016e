"""The rules of a session: values and pure functions, standard library only."""
