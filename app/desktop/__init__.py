"""Espalier among the programs of a desktop: its menu entry, its icon, and the files that open with it.

`files.py` says what Linux is told, `share_folder.py` puts it there; `windows.py` does both for Windows;
`integration.py` is what the command line and the window ask.
"""
