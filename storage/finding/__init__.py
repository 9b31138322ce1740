"""Full-text search over all steps and notes of session files. Knows no Qt and no window."""
