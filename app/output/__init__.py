"""What leaves the window: clipboard, pictures, paper, exported runs; and what is dropped on it."""
