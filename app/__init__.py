"""What is seen: the window and the command line. Knows engine events and storage; never torch."""
