"""Numpy arrays that grow at their end, and tables of them. Knows no run and no Qt."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
Ids = npt.NDArray[np.intp]

START = 1024
"""Rows that a column has room for at first; the room doubles."""


class Column:
    """One array. What `view` gave before keeps its values when the column grows."""

    __slots__ = ("_data", "_length")

    def __init__(self, dtype: npt.DTypeLike) -> None:
        self._data = np.empty(START, dtype)
        self._length = 0

    def __len__(self) -> int:
        return self._length

    @property
    def view(self) -> Array:
        """All rows so far, shape (rows,). Only read it."""
        return self._data[: self._length]

    def extend(self, values: Array) -> None:
        end = self._length + len(values)
        if end > len(self._data):
            self._data = grown(self._data, end)
        self._data[self._length : end] = values
        self._length = end


def grown(data: Array, rows: int) -> Array:
    """A longer array with the same beginning; what follows is not set."""
    longer = np.empty(max(rows, 2 * len(data)), data.dtype)
    longer[: len(data)] = data
    return longer


class Table:
    """Columns of equal length, filled row by row; `settle` turns the rows that were added into arrays."""

    def __init__(self, **dtypes: npt.DTypeLike) -> None:
        self._columns = {name: Column(dtype) for name, dtype in dtypes.items()}
        self._rows: list[tuple[Any, ...]] = []
        self.add = self._rows.append
        """Take one row: a tuple with a value for each column."""

    def __getitem__(self, name: str) -> Array:
        """A column as far as it is settled, shape (rows,)."""
        return self._columns[name].view

    def put(self, *values: Array) -> None:
        """Take many rows at once, an array for each column; those that were added before are settled first."""
        Table.settle(self)
        for column, array in zip(self._columns.values(), values, strict=True):
            column.extend(array)

    @property
    def rows(self) -> int:
        """How many are settled."""
        return len(next(iter(self._columns.values())))

    def settle(self) -> None:
        """Turn the rows that were added into arrays. Raises OverflowError for a number that is too large."""
        if not self._rows:
            return
        for column, values in zip(self._columns.values(), zip(*self._rows, strict=True), strict=True):
            column.extend(np.array(values, column.view.dtype))
        self._rows.clear()


class Timetable(Table):
    """Rows in order of time: the column `time` says from which cursor on a row counts."""

    def __init__(self, **dtypes: npt.DTypeLike) -> None:
        super().__init__(time=np.int32, **dtypes)

    def between(self, after: int, until: int) -> slice:
        """Rows with after < time <= until."""
        times = self["time"]
        bounds = np.array((after, until), times.dtype)  # another type would have all times converted first
        return slice(*times.searchsorted(bounds, side="right").tolist())
