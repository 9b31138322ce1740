"""Data generators and training loops of the bundled models. Only `train` and `bench` import this package."""
