"""Names and nouns that word problems are told with. Plain data; knows nothing of problems."""

from __future__ import annotations


def words(text: str) -> tuple[str, ...]:
    """Read words that stand apart by blanks or line ends."""
    return tuple(text.split())


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    """Read `box boxes, bag bags` as pairs of singular and plural."""
    pairs = []
    for entry in text.split(","):
        singular, plural = entry.split()
        pairs.append((singular, plural))
    return tuple(pairs)


WOMEN = words("""
    Anna Maya Lily Zoe Kate Nina Emma Olivia Sophia Mia Julia Sara Laura Clara Alice Ella Grace Ruth Rosa Elena
    Priya Fatima Aisha Yuki Mei Ingrid Hannah Nora Lucy Amy Janet Maria Betty Wendy""")
MEN = words("""
    Tom Ben Sam Omar Ravi Leo Jack Noah Liam Lucas Oscar Felix Hugo Paul Peter Mark Carlos Diego Kenji Wei Ahmed
    Ivan Erik James John David Daniel Max Adam Simon Victor George Henry Josh""")

THINGS = _pairs(
    """pen pens, book books, card cards, coin coins, shell shells, stamp stamps, marble marbles, sticker stickers,
    pencil pencils, button buttons, bead beads, ball balls, balloon balloons, toy toys, doll dolls, block blocks,
    brick bricks, candle candles, ribbon ribbons, photo photos, poster posters, magazine magazines, notebook notebooks,
    eraser erasers, crayon crayons, brush brushes, stone stones, feather feathers, key keys, ring rings, badge badges,
    ticket tickets, letter letters, postcard postcards, puzzle puzzles, game games, hat hats, scarf scarves,
    glove gloves, shirt shirts, sock socks, cup cups, plate plates, spoon spoons, lamp lamps, battery batteries,
    magnet magnets, bottle bottles, flower flowers, rose roses"""
)
FOODS = _pairs(
    """apple apples, orange oranges, banana bananas, pear pears, peach peaches, plum plums, lemon lemons,
    cookie cookies, cupcake cupcakes, muffin muffins, cake cakes, pie pies, egg eggs, roll rolls, bagel bagels,
    sandwich sandwiches, pancake pancakes, waffle waffles, donut donuts, pretzel pretzels, biscuit biscuits,
    candy candies, carrot carrots, potato potatoes, tomato tomatoes, onion onions, pepper peppers, nut nuts,
    grape grapes, melon melons, mango mangoes, cherry cherries"""
)
GOODS = _pairs(
    """toy toys, book books, pen pens, shirt shirts, hat hats, cap caps, bag bags, chair chairs, table tables,
    clock clocks, plant plants, mug mugs, towel towels, pillow pillows, blanket blankets, ticket tickets, game games,
    pizza pizzas, sandwich sandwiches, salad salads, burger burgers, notebook notebooks, basket baskets,
    belt belts, jacket jackets, racket rackets, helmet helmets"""
)
ANIMALS = _pairs(
    """cow cows, hen hens, duck ducks, goat goats, pig pigs, horse horses, rabbit rabbits, goose geese, lamb lambs,
    turkey turkeys, calf calves, donkey donkeys, pony ponies, chicken chickens"""
)
PLANTS = _pairs("tree trees, bush bushes, tulip tulips, rose roses, vine vines, cactus cacti, seed seeds, fern ferns")

CONTAINERS = _pairs(
    """box boxes, bag bags, shelf shelves, tray trays, jar jars, basket baskets, pack packs, drawer drawers,
    crate crates, bucket buckets, bowl bowls, case cases, carton cartons, tin tins"""
)
ROOMS = _pairs(
    "room rooms, house houses, shop shops, truck trucks, hall halls, tent tents, store stores, kitchen kitchens"
)
COLOURS = words("red blue green yellow white black brown pink purple grey")
VEHICLES = words("train car bus boat truck van cyclist ship runner tram")
PLACES = words("garden park field yard vineyard playground meadow courtyard")
CLUBS = words("school club team choir band library camp museum theater company")
JOBS = words("bakery garden restaurant farm hotel library market museum factory shop")
DAYS = words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
