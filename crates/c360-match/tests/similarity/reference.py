"""Prints reference.tsv: what other implementations say of pairs and words. pip install jellyfish rapidfuzz Metaphone abydos

Made with jellyfish 1.3, RapidFuzz 3.14, Metaphone 0.6 and abydos 0.5; q-grams, bags of words and Monge-Elkan are computed here.


Names are lower-case ASCII where an implementation folds differently from ours; figures have six digits.
"""

import math
from collections import Counter

import jellyfish
from abydos.phonetic import Koelner, Soundex
from metaphone import doublemetaphone
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, DamerauLevenshtein, Jaro, JaroWinkler, Levenshtein

PAIRS = """martha|marhta, dwayne|duane, dixon|dicksonx, jones|johnson, massey|massie, abroms|abrams, hardin|martinez, itman|smith,
jeraldine|geraldine, michelle|michael, julies|julius, tanya|tonya, sean|susan, jon|john, jon|jan, kitten|sitting, saturday|sunday, ca|abc,
müller|mueller, müller|muller, 王小明|王晓明, schmidt|schmitt, meier|mayer, иванов|иванова, a|b, a|a, abcdef|fedcba, jellyfish|smellyfish,
o'brien|obrien, anna lena|annalena, hans-peter|peter hans, garcia marquez gabriel|gabriel garcia marquez, acme logistics berlin|berlin acme,
fuzzy was a bear|fuzzy fuzzy was a bear, bank of america|america bank, john smith|smith john paul, johann|johannes, van der berg|berg,
new york mets|new york yankees, mariä|maria, ab|ba, abab|baba, aaaa|aa, müller & söhne berlin|soehne mueller berlin,
one two three four|three two five"""
LONG = [
    ("the quick brown fox jumps over the lazy dog and runs away from everything that it has ever seen", "teh quick brwon fox jumped over a lazy dog and ran away from everythin that it had ever seen so far"),
    ("donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft", "donaudampfschiffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengeselschaft gmbh wien"),
]
WORDS = """robert rupert rubin ashcraft ashcroft tymczak pfister honeyman gutierrez jackson vandeusen washington lee smith schmidt smythe thompson thomas
wright knight pneumonia caesar chianti michael school schooner schenker arnow wicz filipowicz tagliaro hugh laugh cough mclaughlin bough jose sanjacinto
edge edgar accident bacchus bellocchio czerny focaccia mcclellan xavier zhao whirling wasserman vasserman uomo womo rogier lassalle gough
breschnew wikipedia muellerluedenscheidt meyer maier mayr philipp schulze schaefer zschokke axel celsius christian camembert knox max hacico
lukasz nguyen petrov ivanov oneill macdonald szymanski czajkowski bjoerk dvorak""".split()


def pairs():
    texts = PAIRS.replace("\n", " ").split(", ")
    return [tuple(text.strip().split("|")) for text in texts] + LONG


def grams(text, size):
    return Counter(text[at:at + size] for at in range(max(1, len(text) - size + 1))) if text else Counter()


def overlap(left, right, coefficient):
    shared, both = sum((left & right).values()), sum(left.values()) + sum(right.values())
    if coefficient == "dice":
        return 2 * shared / both
    if coefficient == "jaccard":
        return shared / sum((left | right).values())
    root = math.sqrt(sum(n * n for n in left.values()) * sum(n * n for n in right.values()))
    return sum(left[key] * right[key] for key in left) / root


def show(function, left, right, value):
    print(function, left, right, value if isinstance(value, (int, str)) else f"{value:.6f}", sep="\t")


print("# Made by reference.py: what other implementations say. Do not edit.")
for left, right in pairs():
    assert Levenshtein.distance(left, right) == jellyfish.levenshtein_distance(left, right)
    assert DamerauLevenshtein.distance(left, right) == jellyfish.damerau_levenshtein_distance(left, right)
    assert abs(Jaro.similarity(left, right) - jellyfish.jaro_similarity(left, right)) < 1e-9
    show("levenshtein_distance", left, right, Levenshtein.distance(left, right))
    show("osa_distance", left, right, OSA.distance(left, right))
    show("damerau_distance", left, right, DamerauLevenshtein.distance(left, right))
    show("levenshtein", left, right, Levenshtein.normalized_similarity(left, right))
    show("osa", left, right, OSA.normalized_similarity(left, right))
    show("damerau", left, right, DamerauLevenshtein.normalized_similarity(left, right))
    show("jaro", left, right, Jaro.similarity(left, right))
    show("jaro_winkler", left, right, JaroWinkler.similarity(left, right))
    show("indel", left, right, fuzz.ratio(left, right) / 100)
    show("token_sort", left, right, fuzz.token_sort_ratio(left, right) / 100)
    show("token_set", left, right, fuzz.token_set_ratio(left, right) / 100)
    for coefficient in ["dice", "jaccard", "cosine"]:
        for size in [1, 2, 3]:
            show(f"qgram_{coefficient}({size})", left, right, overlap(grams(left, size), grams(right, size), coefficient))
        show(f"token_{coefficient}", left, right, overlap(Counter(left.split()), Counter(right.split()), coefficient))
    if " " in left:
        words = lambda text: text.split()
        best = lambda one, others: max(JaroWinkler.similarity(one, other) for other in others)
        mean = lambda ones, others: sum(best(one, others) for one in ones) / len(ones)
        show("monge_elkan", left, right, (mean(left.split(), right.split()) + mean(right.split(), left.split())) / 2)
for word in WORDS:
    assert jellyfish.soundex(word) == Soundex().encode(word)
    show("soundex", word, "-", jellyfish.soundex(word))
    show("cologne", word, "-", Koelner().encode(word))
    primary, alternate = doublemetaphone(word)
    # Here the port to Python differs from Philips's code: published.tsv has these.
    if word not in ("hugh", "jose", "rogier"):
        show("double_metaphone", word, "-", f"{primary[:4]}/{(alternate or primary)[:4]}")
