"""Traces of reasoning models: what is hidden, what is exposed. Knows no Qt, no torch, no storage, no search."""
