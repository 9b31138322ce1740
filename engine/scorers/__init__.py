"""What scorers are called and how they are described: names and recipes. Pure: the window reads them, too."""
