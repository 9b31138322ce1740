"""For the first minutes: welcome page, sample sessions, and the guided tour."""
