"""Libraries that load tiny models keep quiet, and leave the other cores alone."""

from __future__ import annotations

import torch

from engine.llm.device import be_quiet

torch.set_num_threads(1)
be_quiet()
