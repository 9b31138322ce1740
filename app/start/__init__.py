"""What holds before Qt may start: system, processor, folders, streams, crashes. Knows no Qt."""
