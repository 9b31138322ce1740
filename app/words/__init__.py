"""What things are called on screen and in the command line's help. Knows no widget."""
