"""The only home of torch beside engine.learning: loading, decoding, scoring. Knows no tree, no search, no window."""

import os

os.environ.setdefault("HF_HUB_OFFLINE", "1")  # read when transformers is imported: this process asks no network
