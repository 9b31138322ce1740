"""Parts of the dock “Hidden and exposed”: one trace in two linked columns. The dock itself: app/panels/thought.py."""
