"""The tab Trace: one trace, step by step, with everything that anybody says of it."""
