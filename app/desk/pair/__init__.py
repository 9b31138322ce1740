"""The tab Two models: the same steps as two scorers see them."""
