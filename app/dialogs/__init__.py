"""Windows that open beside the main one: forms and sheets. None blocks: each says by a signal what was decided."""
