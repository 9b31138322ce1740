"""`espalier trace`: what a reasoning model thought beside what it showed. Reads, analyses, prints; asks no model."""
