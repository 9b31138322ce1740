"""A heat map of thousands of traces: frame, picture, painting, keys. Knows arrays, and no session."""
