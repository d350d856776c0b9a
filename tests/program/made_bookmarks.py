"""Bookmarks made up for benchmarks: always the same ones, and a small set begins a large one.

Words follow Zipf's law: a few hundred real ones, then many that are put together from syllables.
About half are repositories, half pages; some hold other scripts, accents or emoji, some no title.
"""

import bisect
import itertools
import json
import random
import sqlite3

REAL = """the a for and of to with in on your fast simple small open source library tool list data
database web server client python rust go javascript terminal command line editor git github linux
docker cloud guide tutorial notes blog manager search bookmark reader parser compiler language
learning machine network security crypto async http api json sql sqlite postgres cache queue stream
graph image video audio game engine shell script config template plugin theme font color static site
generator test linter formatter debug profile memory thread lock event log monitor metric trace
dashboard chart table form design system pattern architecture paper course book awesome collection
example introduction reference documentation wiki forum news mail chat bot feed archive backup sync
kanban todo calendar time travel recipe photo music health budget math science history""".split()
FIRST = "b br c cl d dr f fl g gr h j k l m n p pr qu r s sk st t tr v w z".split()
MIDDLE = "a e i o u ai ea io ou".split()
LAST = ["", "", "", "n", "r", "s", "t", "x", "l", "nd", "ng", "ck", "rm"]
OTHER = ("数据库 教程 開発環境 ブックマーク 検索 데이터 북마크 مرحبا برمجة שלום Привет Ελλάδα Ångström "
         "café Straße naïve Zürich crème İstanbul Łódź 🚀 ✨ 🔖 👩‍💻 🇯🇵 C++ Q&A 100% a_b <T> don't").split()
HOSTS = "com org net io dev de fr jp co.uk".split()

START, END = 1_230_000_000, 1_760_000_000


def words(number, rng):
    """Distinct words, the most frequent first."""
    found = dict.fromkeys(REAL)
    while len(found) < number:
        found["".join(rng.choice(FIRST) + rng.choice(MIDDLE) + rng.choice(LAST)
                      for _ in range(rng.randint(1, 3)))] = None
    return list(found)


class Zipf:
    def __init__(self, items, rng, exponent=1.0):
        self.items, self.rng = items, rng
        self.sums = list(itertools.accumulate(1 / (rank + 1) ** exponent for rank in range(len(items))))

    def draw(self):
        return self.items[bisect.bisect(self.sums, self.rng.random() * self.sums[-1])]

    def some(self, least, most):
        return [self.draw() for _ in range(self.rng.randint(least, most))]


def bookmarks(number, seed=1):
    """Dictionaries with url, title, notes, tags, date."""
    rng = random.Random(seed)
    text = Zipf(words(20_000, rng), rng)
    names = Zipf(text.items[20:], rng, 0.7)
    tags = Zipf(text.items[20:2_000], rng)
    for i in range(number):
        title = text.some(2, 9)
        notes = text.some(3, 20) if rng.random() < 0.6 else []
        if rng.random() < 0.12:
            title.insert(rng.randint(0, len(title)), rng.choice(OTHER))
        if rng.random() < 0.08:
            notes.append(rng.choice(OTHER))
        if i % 2:
            owner, name = names.draw(), "-".join(names.some(1, 3))
            url, title = f"https://github.com/{owner}{i}/{name}", [f"{owner}{i}/{name}"]
        else:
            scheme = "https" if rng.random() < 0.95 else "http"
            url = (f"{scheme}://{rng.choice(('www.', '', 'blog.'))}{names.draw()}.{rng.choice(HOSTS)}"
                   f"/{i}/{'-'.join(names.some(1, 5))}")
        yield {"url": url, "title": "" if rng.random() < 0.01 else " ".join(title).capitalize(),
               "notes": " ".join(notes), "tags": sorted(set(tags.some(0, 4))),
               "date": rng.randint(START, END)}


def write_jsonl(path, rows):
    import datetime
    with open(path, "w", encoding="utf-8") as file:
        for row in rows:
            when = datetime.datetime.fromtimestamp(row["date"], datetime.timezone.utc)
            stamp = when.strftime("%Y-%m-%dT%H:%M:%SZ")
            file.write(json.dumps({"url": row["url"], "title": row["title"], "notes": row["notes"],
                                   "tags": row["tags"], "date_added": stamp, "date_modified": stamp},
                                  ensure_ascii=False) + "\n")


def write_lines(path, rows):
    """For programs that search lines: everything that barky searches."""
    with open(path, "w", encoding="utf-8") as file:
        for row in rows:
            file.write("\t".join((row["title"], row["url"], row["notes"], ",".join(row["tags"]))) + "\n")


def write_buku(path, rows):
    """A database as buku has it."""
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE bookmarks (id integer PRIMARY KEY, URL text NOT NULL UNIQUE, "
                           "metadata text default '', tags text default ',', desc text default '', "
                           "flags integer default 0)")
        connection.executemany("INSERT INTO bookmarks (URL, metadata, tags, desc) VALUES (?, ?, ?, ?)", (
            (row["url"], row["title"], "," + "".join(tag + "," for tag in row["tags"]), row["notes"])
            for row in rows))
    connection.close()
