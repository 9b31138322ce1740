"""The tab Train: a process reward model from the labels of a session."""
