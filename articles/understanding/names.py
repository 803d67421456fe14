"""Names of medicines: those with a page here and thousands of others, so that a real name is never taken for another."""

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from itertools import islice, takewhile

from .spelling import Speller
from .tokens import fold

MAX_NAME_WORDS = 4
MOST_OPTIONS = 4  # spellings offered for one word
MIN_BEGINNING = 4  # letters from which the beginning of a name is taken for one
_SHORT = 6  # letters that words written apart must make together to be read as one name


@dataclass(frozen=True)
class Ingredient:
    """An active ingredient. `slug` is '' where it has no page."""

    name: str
    slug: str = ""


@dataclass(frozen=True)
class Name:
    """A name as printed and what is in it. `how`: exact, synonym, brand or code."""

    name: str
    how: str
    ingredients: tuple
    country: str = ""

    @property
    def is_covered(self):
        return any(each.slug for each in self.ingredients)


def name_key(name):
    """Names are compared without case, accents, hyphens and spaces."""
    return fold(name).replace(" ", "")


def only_countries(rows):
    """{key of a name: country} of the names known from one country only: elsewhere these can mean another medicine."""
    countries = defaultdict(set)
    for row in rows:
        countries[name_key(row["name"])].add(row.get("country", ""))
    return {key: only for key, (only, *others) in countries.items() if only and not others}


class Names:
    def __init__(self, drugs, known):
        """`drugs`: {slug: content of a live medicine, its names and codes}; `known`: rows of KnownName as tuples
        (name, kind, country, ingredient)."""
        self._by_key = {}
        self._slugs = {}
        for slug, content in drugs.items():
            self._add_drug(slug, content)
        rows = defaultdict(list)
        for name, kind, country, ingredient in known:
            rows[name_key(name)].append((name, kind, country, ingredient))
        for key, same in rows.items():
            if key and key not in self._by_key:
                # A name with several rows (the product changed) stands for the plainest: fewest ingredients, best known.
                options = [self._known_name(*row) for row in same]
                options.sort(
                    key=lambda n: (len(n.ingredients), not n.is_covered, n.how != "exact", n.ingredients[0].name)
                )
                self._by_key[key] = options[0]
        # 'alendronic' is half a name: no word of a symptom, wherever else it stands.
        self.parts = {word for name in self._by_key.values() if " " in name.name for word in fold(name.name).split()}
        self._keys = sorted(key for key, name in self._by_key.items() if name.how != "code")
        self._speller = Speller(self._keys)

    def __len__(self):
        return len(self._by_key)

    def __contains__(self, key):
        return key in self._by_key

    def get(self, key):
        return self._by_key.get(key)

    def longest(self, tokens, place):
        """(Name, how many tokens) of the longest name that begins at this token, or (None, 0)."""
        for count in range(min(MAX_NAME_WORDS, len(tokens) - place), 0, -1):
            words = tokens[place : place + count]
            if any(token.taken for token in words):
                continue
            key = "".join(token.word for token in words)
            if key in self._by_key and (count == 1 or len(key) >= _SHORT):
                return self._by_key[key], count
        return None, 0

    def near(self, key):
        """(distance of the nearest, [Name, ...]) of likely spellings: at most MOST_OPTIONS, no ingredient twice."""
        near = self._speller.near(key) or [(1, found) for found in self._beginning_with(key)]
        if not near:
            return 99, []
        limit = near[0][0] + 1
        options, seen = [], set()
        for distance, found in sorted(near, key=lambda pair: (pair[0], not self._by_key[pair[1]].is_covered)):
            name = self._by_key[found]
            if distance <= limit and name.ingredients not in seen:
                seen.add(name.ingredients)
                options.append(name)
        return near[0][0], options[:MOST_OPTIONS]

    def _beginning_with(self, key):
        """Names that begin so, shortest first: somebody who types 'amlod' knows no more of it."""
        if len(key) < MIN_BEGINNING:
            return []
        place = bisect_left(self._keys, key)
        found = takewhile(lambda name: name.startswith(key), islice(self._keys, place, None))
        return sorted(islice(found, 20), key=len)

    def _add_drug(self, slug, content):
        ingredient = (Ingredient(content["name"], slug),)
        self._put(Name(content["name"], "exact", ingredient))
        if content.get("us_name"):
            self._put(Name(content["us_name"], "synonym", ingredient))
        only_there = only_countries(content.get("names") or ())
        for row in content.get("names") or ():
            how = "brand" if row.get("kind", "brand") == "brand" else "synonym"
            self._put(Name(row["name"], how, ingredient, only_there.get(name_key(row["name"]), "")))
        for codes in ("rxcui", "atc", "former_atc", "other_atc"):
            for code in (content.get(codes) or "").split(";"):
                if code.strip():
                    self._put(Name(code.strip(), "code", ingredient))
        for name in (content["name"], content.get("us_name")):
            if name:
                self._slugs[name_key(name)] = slug
        for row in content.get("names") or ():
            if row.get("kind", "brand") != "brand":
                self._slugs[name_key(row["name"])] = slug

    def _put(self, name):
        self._by_key.setdefault(name_key(name.name), name)

    def _known_name(self, name, kind, country, ingredient):
        parts = [part.strip() for part in ingredient.split(";") if part.strip()]
        ingredients = tuple(Ingredient(part, self._slugs.get(name_key(part), "")) for part in parts)
        own = "exact" if name_key(name) == name_key(parts[0]) else "synonym"
        only_there = "" if ";" in country else country  # 'US;UK' misleads in neither
        return Name(name, "brand" if kind == "brand" else own, ingredients, only_there)
