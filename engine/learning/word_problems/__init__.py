"""Word problems made of parts: drawing, slips, thoughts, exact grading. Knows no model, tokenizer or file."""

from engine.learning.word_problems.examples import WordExample, draw_word_example
from engine.learning.word_problems.grading import grade_steps
from engine.learning.word_problems.thoughts import draw_word_thought
from engine.learning.word_problems.traces import draw_next_steps, draw_word_trace
from engine.learning.word_problems.vocabulary import all_words

__all__ = [
    "WordExample",
    "all_words",
    "draw_next_steps",
    "draw_word_example",
    "draw_word_thought",
    "draw_word_trace",
    "grade_steps",
]
