"""The text of a trace on screen, however long: wrapped in blocks, painted row by row. Knows no run and no panel."""
