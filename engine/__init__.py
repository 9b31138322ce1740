"""What thinks: searches, policies, verifiers, problems and the engine process. Knows no Qt and no database."""

__version__ = "0.1.0"
