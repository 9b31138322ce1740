"""Numbers about scores: per step, per trace, against labels. Pure functions of arrays and trees; know no model, no Qt.

A number that is missing is NaN in an array and None elsewhere: never 0, and never a half.
"""
