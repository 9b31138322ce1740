"""The tab Traces: many traces at once, their pictures, their ranking, and what they elect."""
