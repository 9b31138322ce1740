r"""Made-up traces with known links between hidden and exposed text, to measure the alignment. Shares no code with it.

    for trace in labelled_traces(seed=0): trace.text, trace.hidden, trace.exposed, trace.numbers ...

Each trace is written from pieces, and every quantity has a name: a shown number is supported by the places at which the
thought has the same *quantity*, not merely the same value. Hard on purpose: noise with the same values, values that
occur several times for different things, shown in another format (1,200 / 1200 / 1.2e3 / 1.2 \times 10^3, 1/2 / 0.5 /
50% / \frac12), step numbers, list markers, years, ordinals, names with digits, dead ends, planted contradictions,
claims from nowhere, paraphrased sentences.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.helpers.trace_writer import LabelledTrace, N, Writer

NOISE = (
    ("Bus ", " goes by outside."),
    ("Chess has been taught to ", " robots, I read."),
    ("My grandmother kept ", " hens."),
    ("Somebody else would take ", " coffee breaks here."),
    ("A random thought: ", " is a nice number."),
)
NAMES = ("Mara", "Jonas", "Priya", "Chen", "Olu", "Ida")
ODD = ("In 1998 the prices were different, but that does not matter.", "This is like exercise 7 of the 2nd sheet.",
       "Let me call the first unknown x1 and the other x2.", "Step 2 was the hard one, I think.")  # fmt: skip


def big(value: int, rng: random.Random) -> str:
    """A multiple of 100 from 1,000, in one of its formats."""
    mantissa = f"{value / 1000:g}"
    ways = [f"{value:,}", str(value), f"{value:,}".replace(",", "{,}"), f"{value}.00"]
    if value < 10_000:
        ways += [f"{mantissa}e3", rf"{mantissa} \times 10^3", f"{mantissa} × 10³"]
    return rng.choice(ways)


PARTS = {
    (1, 2): ("1/2", "0.5", "50%", r"\frac12", r"\frac{1}{2}", "½", "50 percent", ".5"),
    (1, 4): ("1/4", "0.25", "25%", r"\frac14", r"\dfrac{1}{4}", "¼", r"25\%"),
    (3, 4): ("3/4", "0.75", "75%", r"\frac34", r"\tfrac{3}{4}", "¾", "75 %"),
    (2, 5): ("2/5", "0.4", "40%", r"\frac{2}{5}", "0.40", "40 percent"),
}


def shop(rng: random.Random, n: int) -> LabelledTrace:
    """Boxes, pens and a price; one value is planted twice for two things."""
    w, who = Writer("shop"), NAMES[n % len(NAMES)]
    boxes, each, price = rng.randint(3, 9), rng.randint(11, 19), rng.choice((2, 3, 4))
    pens, given = boxes * each, each  # as many are given away as are in a box
    left, slip = pens - each, boxes + each
    cost = left * price
    wrong = n % 3 == 1
    w.think(
        "s", f"Okay, {who} buys ", N("boxes", str(boxes)), " boxes with ", N("each", str(each)), " pens in every box."
    )
    w.noise(rng, NOISE, left, each)
    w.think("g", "Then ", N("given", str(given)), " pens are given away to friends.", gap="\n\n")
    w.think("o", rng.choice(ODD))
    w.think("d", "Maybe I add: ", N("boxes", str(boxes)), " + ", N("each", str(each)), " = ", N("slip", str(slip)),
            ". Hmm, that makes no sense.", gap="\n\n")  # fmt: skip
    w.think(
        "p",
        "All pens together: ",
        N("boxes", str(boxes)),
        " * ",
        N("each", str(each)),
        " = ",
        N("pens", str(pens)),
        ".",
    )
    w.think("l", "After the gift ", N("pens", str(pens)), " - ", N("given", str(given)), " = ", N("left", str(left)),
            " pens remain.", gap="\n")  # fmt: skip
    w.think("c", "Each remaining pen sells for ", N("price", f"${price}"), ", so the income is ",
            N("left", str(left)), " * ",
            N("price", str(price)), " = ", N("cost", f"${cost}"), ".", gap="\n")  # fmt: skip
    w.noise(rng, NOISE, pens, cost)
    w.close()
    shown = pens + 10 if wrong else pens
    w.show("s", N("#", "1"), f". {who} has ", N("boxes", str(boxes)), " boxes, and every box holds ",
            N("each", str(each)),
           " pens.", gap="\n")  # fmt: skip
    w.show("p", N("#", "2"), ". So all pens together are ",
            N("boxes", str(boxes)), rng.choice((" × ", r" \times ", " * ")),
           N("each", str(each)), " = ", N("pens", str(shown), "contradicted" if wrong else "supported"), ".",
           mark="contradicted" if wrong else "supported", gap="\n")  # fmt: skip
    if n % 5 == 4:
        w.show("g l", N("#", "3"), ". Friends receive ", N("given", str(given)), " of them, which leaves ",
               N("left", str(left)), ".", gap="\n")  # fmt: skip
    else:
        w.show("g l", N("#", "3"), ". ", N("given", str(given)), " pens are given away to friends, so ",
               N("left", str(left)), " pens remain.", gap="\n")  # fmt: skip
    if n % 2:
        value = each if n % 4 == 1 else boxes + 400  # the value of something else, or of nothing
        w.show("", "A leather case with a zipper costs ", N("zipper", f"${value}", "only exposed"), " extra elsewhere.",
               mark="only exposed", gap="\n")  # fmt: skip
    w.show("c", "The income is ", N("cost", f"**${cost}**"), ".", gap="\n")
    return w.done("slip") if slip not in (boxes, each, left, cost, shown, price) else w.done()


def twenty_four(rng: random.Random, n: int) -> LabelledTrace:
    """Lines of tries, most of them dead ends, with the same operations in another order and spacing when shown."""
    w = Writer("24")
    a, b = rng.choice([(4, 6), (3, 8), (2, 12)])
    x = rng.randint(2, 9)
    first, second = a + x, b - 1  # four cards: first, x, second, 1 ... made to fit
    tried = first * second
    w.think("s", "I need 24 from ", N("A", str(first)), ", ", N("X", str(x)), ", ", N("B", str(second)), " and ",
            N("one", "1"), ".", gap="\n")  # fmt: skip
    w.think("t", "Try ", N("A", str(first)), " * ", N("B", str(second)), " = ",
            N("tried", str(tried)), f" (left: {x} 1)",
            gap="\n")  # fmt: skip
    w.think("w", f"Wait, back to {first} {x} {second} 1.", gap="\n")
    w.noise(rng, NOISE, a, b)
    w.think("m", "Try ", N("A", str(first)), " - ", N("X", str(x)), " = ", N("low", str(a)), f" (left: {second} 1 {a})",
            gap="\n")  # fmt: skip
    w.think(
        "n", "Try ", N("B", str(second)), " + ", N("one", "1"), " = ", N("high", str(b)), f" (left: {a} {b})", gap="\n"
    )
    w.think("o", "Try ", N("low", str(a)), " * ", N("high", str(b)), " = ", N("goal", "24"), " (left: 24)", gap="\n")
    w.close()
    wrong = n % 4 == 2
    w.show("", "Step ", N("#", "1"), ": ", N("A", str(first)), rng.choice((" - ", " − ", "-")), N("X", str(x)), " = ",
           N("low", str(a)), gap="\n")  # fmt: skip
    bad = b + 2 if wrong else b
    w.show("", "Step ", N("#", "2"), ": ", N("one", "1"), " + ", N("B", str(second)), " = ",
           N("high", str(bad), "contradicted" if wrong else "supported"), gap="\n")  # fmt: skip
    w.show("", "Step ", N("#", "3"), ": ", N("low", str(a)), rng.choice((" × ", " * ", "*")), N("high", str(b)), " = ",
           N("goal", r"\boxed{24}" if n % 2 else "24"), gap="\n")  # fmt: skip
    return w.done("tried") if tried not in (first, x, second, a, b, bad, 24, 1) else w.done()


def shares(rng: random.Random, n: int) -> LabelledTrace:
    """Parts of a large number, each written in another format than in the thought."""
    w, who = Writer("shares"), NAMES[n % len(NAMES)]
    whole = rng.choice((1200, 2400, 3600, 8000))
    (over, under), ways = rng.choice(list(PARTS.items()))
    part = whole * over // under
    rest, old = whole - part, rng.choice((1987, 2003, 2015))
    w.think("s", "The library owns ", N("whole", big(whole, rng)), " books, and ", N("ratio", rng.choice(ways)),
            " of them are novels.")  # fmt: skip
    w.think("y", f"It opened in {old}, which is not needed.", gap="\n\n")
    w.noise(rng, NOISE, part, rest, whole)
    w.think("n", "The novels: ", N("ratio", f"{over}/{under}"), " * ", N("whole", str(whole)), " = ",
            N("part", big(part, rng) if part >= 1000 else str(part)), ".")  # fmt: skip
    w.think(
        "r",
        "The other books are ",
        N("whole", str(whole)),
        " - ",
        N("part", str(part)),
        " = ",
        N("rest", str(rest)),
        ".",
    )
    w.think("c", f"Let me check whether {who} asked for anything else; no.", gap="\n")
    w.close()
    w.show("s", f"In {old}" if n % 5 == 0 else "Today", " the library owns ", N("whole", big(whole, rng)), " books.")
    w.show("s", "Of these books ", N("ratio", rng.choice(ways)), " are novels.", gap="\n\n")
    w.show("n", "- Novels: ", N("part", big(part, rng) if part >= 1000 else f"{part}.0"), gap="\n")
    w.show(
        "r", "- Other books: ", N("rest", big(rest, rng) if rest >= 1000 and rest % 100 == 0 else str(rest)), gap="\n"
    )
    if n % 2 == 0:
        w.show("", "A nearby museum sells postcards to ", N("visitors", str(whole + 17), "only exposed"), " visitors.",
               mark="only exposed", gap="\n")  # fmt: skip
    return w.done()


def journey(rng: random.Random, n: int) -> LabelledTrace:
    """Speed and time in sentences; the contradiction stands in words, without an equation."""
    w, who = Writer("journey"), NAMES[n % len(NAMES)]
    speed, hours, stop = rng.randint(41, 79), rng.randint(3, 6), rng.choice((15, 20, 35))
    way = speed * hours
    w.think(
        "s", f"{who} drives ", N("speed", str(speed)), " kilometers per hour for ", N("hours", str(hours)), " hours."
    )
    w.think("b", "There is a break of ", N("stop", str(stop)), " minutes, which adds no distance.", gap="\n\n")
    w.noise(rng, NOISE, way, hours, speed)
    w.think("q", "Hmm, should I convert the hours into minutes? ", N("hours", str(hours)), " * ",
            N("sixty", "60"), " = ",
            N("minutes", str(hours * 60)), ". Not needed.")  # fmt: skip
    w.think("d", "The distance is speed times time, which makes ", N("way", str(way)), " kilometers.", gap="\n")
    w.think("t", "The tank loses ", N("fuel", str(-hours)), " units, strangely negative.", gap="\n")
    w.close()
    wrong = n % 2 == 0
    shown = stop if not wrong else hours * 60 if n % 4 else stop + 5  # the value of something else, or of nothing
    w.show(
        "s", f"{who} drives for ", N("hours", str(hours)), " hours at ", N("speed", f"{speed}"), " kilometers per hour."
    )
    w.show("b", "A break of ", N("stop", str(shown), "contradicted" if wrong else "supported"),
           " minutes adds no distance.", mark="contradicted" if wrong else "supported")  # fmt: skip
    w.show("d", "That makes a distance of ", N("way", f"{way}.0 km" if n % 3 else f"{way} kilometers"), ".", gap="\n")
    if n % 3 == 0:
        w.show("t", "The tank loses ", N("fuel", f"−{hours}"), " units.", gap="\n")
    w.show("", "Please wear a seat belt and watch out for deer.", mark="only exposed", gap="\n")
    return w.done("minutes") if hours * 60 not in (speed, way, shown) else w.done()


def parts(rng: random.Random, n: int) -> LabelledTrace:
    """A problem with parts (a) to (c): the same small values for different things in each."""
    w = Writer("parts")
    side, more = rng.randint(5, 12), rng.randint(2, 4)
    area, edge = side * side, 4 * side
    wide = side + more
    new = wide * wide
    w.think("s", "The square garden has a side of ", N("side", str(side)), " meters.", gap="\n\n")
    w.think("a", "(a) Its area is ", N("side", str(side)), "^", N("two", "2"), " = ",
            N("area", str(area)), " square meters.",
            gap="\n\n")  # fmt: skip
    w.think("b", "(b) The fence around the garden: ", N("four", "4"), " * ", N("side", str(side)), " = ",
            N("edge", str(edge)),
            " meters of fence.", gap="\n\n")  # fmt: skip
    w.think("w", "(c) Every side grows by ", N("more", str(more)), " meters, so ", N("side", str(side)), " + ",
            N("more", str(more)), " = ", N("wide", str(wide)), " meters.")  # fmt: skip
    w.think("c", "The larger garden has ", N("wide", str(wide)), " * ", N("wide", str(wide)), " = ", N("new", str(new)),
            " square meters.", gap="\n\n")  # fmt: skip
    w.think("x", "As a check, the grown part: ", N("new", str(new)), " - ", N("area", str(area)), " = ",
            N("grown", str(new - area)), ".", gap="\n")  # fmt: skip
    w.noise(rng, NOISE, area, edge, new)
    w.close()
    wrong = n % 3 == 0
    w.show("a", "(a) The area of the garden is ", N("area", str(area)), " square meters.", gap="\n\n")
    if n % 7 == 5:  # in other words: no lexical rule can know that it speaks of the same
        w.show("b", "(b) To enclose it one needs ",
            N("edge", str(edge + 6), "contradicted"), " running meters of wire.",
               mark="contradicted", gap="\n\n")  # fmt: skip
    else:
        w.show("b", "(b) Around the garden go ", N("edge", f"{edge}"), " meters of fence.", gap="\n\n")
    w.show("c", "(c) The larger garden has ",
            N("new", str(new + 1 if wrong else new), "contradicted" if wrong else "supported"),
           " square meters.", mark="contradicted" if wrong else "supported", gap="\n\n")  # fmt: skip
    if n % 2:
        w.show(
            "",
            "Tulips were grown by ",
            N("farms", str(edge + 300), "only exposed"),
            " Dutch farms.",
            mark="only exposed",
        )
    more_hidden = [("edge", edge)] if n % 7 == 5 else []
    shown = (area, edge + 300 if more_hidden else edge, new, new + 1, edge + 300, edge + 6)
    return w.done(
        *[name for name, value in (("grown", new - area), ("wide", wide), *more_hidden) if value not in shown]
    )


def algebra(rng: random.Random, n: int) -> LabelledTrace:
    """An unknown, a quotient that is rounded when shown, and a value said twice for two things."""
    w = Writer("algebra")
    x, k = rng.randint(4, 9), rng.randint(3, 6)
    total = x * k
    mean = total / 7
    w.think("s", "Let x be the number of chairs per row; the hall has ", N("rows", str(k)), " rows.")
    w.think("t", "All rows together seat ", N("total", str(total)), " guests.", gap="\n\n")
    w.think("e", "Dividing, ", N("total", str(total)), " / ", N("rows", str(k)), " = ",
            N("x", str(x)), ", so every row has ",
            N("x", str(x)), " chairs.", gap="\n")  # fmt: skip
    w.think("k", "The caretaker carries ", N("keys", str(x)), " keys, which is not asked.", gap="\n\n")
    w.noise(rng, NOISE, x, total)
    w.think("m", "Over a week that is ", N("total", str(total)), " / ", N("seven", "7"), " ≈ ",
            N("mean", f"{mean:.4f}"),
            " guests a day.", gap="\n")  # fmt: skip
    w.close()
    w.show("t", "The hall seats ", N("total", str(total)), " guests in all rows together.", gap="\n\n")
    w.show("e", "Every row therefore has $", N("x", rf"\frac{{{total}}}{{{k}}}"), " = ", N("x", rf"\boxed{{{x}}}"),
           "$ chairs.", gap="\n\n")  # fmt: skip
    w.show("m", "Over a week there come about ", N("mean", f"{mean:.2f}"), " guests a day.", gap="\n")
    if n % 2:
        said = "Keys are not asked about." if n % 4 == 1 else "What the caretaker holds is beside the point."
        w.show("k", said, gap="\n")
    return w.done()


KINDS: tuple[Callable[[random.Random, int], LabelledTrace], ...] = (shop, twenty_four, shares, journey, parts, algebra)


def labelled_traces(seed: int = 0, of_each: int = 14) -> list[LabelledTrace]:
    """`of_each` traces of every kind."""
    rng = random.Random(seed)
    return [make(rng, n) for n in range(of_each) for make in KINDS]
