"""The registry of domains that word problems are drawn from: add a domain by one file and one entry here."""

from __future__ import annotations

from engine.learning.word_problems.parts import Domain
from engine.learning.word_problems.stories.ages import AGES
from engine.learning.word_problems.stories.collection import COLLECTION
from engine.learning.word_problems.stories.farm import FARM
from engine.learning.word_problems.stories.food import FOOD
from engine.learning.word_problems.stories.garden import GARDEN
from engine.learning.word_problems.stories.money import MONEY
from engine.learning.word_problems.stories.people import PEOPLE
from engine.learning.word_problems.stories.reading import READING
from engine.learning.word_problems.stories.shapes import AREAS, LENGTHS
from engine.learning.word_problems.stories.shopping import SHOPPING
from engine.learning.word_problems.stories.stock import STOCK
from engine.learning.word_problems.stories.travel import TRAVEL

DOMAINS: tuple[Domain, ...] = (
    COLLECTION,
    FOOD,
    GARDEN,
    FARM,
    SHOPPING,
    MONEY,
    TRAVEL,
    AGES,
    LENGTHS,
    AREAS,
    PEOPLE,
    READING,
    STOCK,
)
