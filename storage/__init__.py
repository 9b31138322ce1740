"""What lasts: the session file. Knows the engine's events and tree; no Qt, no torch."""
