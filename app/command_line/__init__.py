"""The command line, one module for each family of commands, and the run without a window. Knows no Qt."""
