"""Qt adapters over folds: what the views read. Knows no widget, no file and no engine process."""
