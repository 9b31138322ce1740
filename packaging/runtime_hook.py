"""Runs in the frozen program before anything else: what must stand in the environment before torch loads."""

import os

# There is neither a compiler nor torch's headers here: torch.compile becomes a call of the function itself.
os.environ["TORCHDYNAMO_DISABLE"] = "1"
