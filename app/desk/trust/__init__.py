"""The tab “Believe it?”: calibration, disagreements, ProcessBench, drift by special tokens; a page each."""
