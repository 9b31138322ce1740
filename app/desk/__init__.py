"""The PRM desk: every step's score, where it came from, and whether to believe it. Shell: app.panels.desk."""
