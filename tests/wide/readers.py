"""readers.py - what another program made of our tables, beside what we wrote. Exits with what differs.

    readers.py same WANTED.csv GOT.csv ["loose"]     cell for cell; loose: a number may have lost the zeros after its point
    readers.py csv FOLDER           Python's csv reads each table, and writes the same bytes
    readers.py pandas FOLDER        so does pandas, as text; and with types guessed it changes no code and no id
    readers.py types FOLDER TABLE   the columns of a table for PostgreSQL, with the types of the dictionary
    readers.py workbook FOLDER SHEETS-PREFIX LANGUAGE    each sheet, as another program reads it, has the rows and the words
"""
import csv
import io
import os
import re
import sys


def table(path):
    with open(path, encoding="utf-8-sig", newline="") as f:
        return list(csv.reader(f))


def tables(folder):
    names = sorted(n[:-4] for n in os.listdir(folder) if n.endswith(".csv") and n != "dictionary.csv")
    return names, {n: table(f"{folder}/{n}.csv") for n in names}


def plain(text):
    """1.50 and 1.5 are one number."""
    return text.rstrip("0").rstrip(".") if re.fullmatch(r"-?\d+\.\d+", text) else text


def differ(what, wanted, got, loose=False):
    if len(wanted) != len(got):
        sys.exit(f"{what}: {len(got)} rows, not {len(wanted)}")
    for number, (a, b) in enumerate(zip(wanted, got), 1):
        if loose:
            a, b = [plain(x) for x in a], [plain(x) for x in b]
        if a != b:
            cell = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
            sys.exit(f"{what}, row {number}, column {cell + 1}: {b[cell:cell + 1]}, not {a[cell:cell + 1]}")


def check_csv(folder):
    for name in tables(folder)[0] + ["dictionary", "codes/codelist"]:
        out = io.StringIO(newline="")
        csv.writer(out).writerows(table(f"{folder}/{name}.csv"))
        with open(f"{folder}/{name}.csv", encoding="utf-8", newline="") as f:
            if f.read() != out.getvalue():
                sys.exit(f"{name}: other bytes")


def check_pandas(folder):
    import pandas
    for name in tables(folder)[0] + ["dictionary", "codes/codelist"]:
        path = f"{folder}/{name}.csv"
        text = pandas.read_csv(path, dtype=str, keep_default_na=False)
        differ(name, table(path), [list(text.columns)] + text.values.tolist())
        guessed = pandas.read_csv(path)
        for column in text.columns:
            for a, b in zip(text[column], guessed[column]):
                if re.match("[A-Za-z]", a) and a != b:
                    sys.exit(f"{name}.{column}: {b!r}, not {a!r}")


def dictionary(folder):
    return {(r["table"], r["column"]): r for r in csv.DictReader(open(f"{folder}/dictionary.csv", encoding="utf-8", newline=""))}


def types(folder, name):
    words = {"integer": "bigint", "decimal": "numeric", "date": "date", "flag": "boolean"}
    known = dictionary(folder)
    return ", ".join(f'"{c}" {words.get(known.get((name, c), {}).get("type"), "text")}' for c in table(f"{folder}/{name}.csv")[0])


def check_workbook(folder, prefix, language):
    label = {(r[0], r[1]): r[3 if language == "cy" else 2] for r in table(f"{folder}/codes/codelist.csv")}
    kept = {"en": "kept back by the policy", "cy": "wedi'i gadw'n ôl gan y polisi"}[language]
    known = dictionary(folder)
    words = lambda code_list, codes: "; ".join(kept if c == "WITHHELD" else label[code_list, c] for c in codes.split())
    seen = 0
    for name, rows in tables(folder)[1].items():
        if not os.path.exists(f"{prefix}-{name}.csv"):
            assert name == "tombstone", name
            continue
        wanted = []
        for row in rows[1:]:
            line = []
            for column, value in zip(rows[0], row):
                about = known.get((name, column), {"type": "", "code_list": ""})
                month = about["type"] == "month" and re.fullmatch(r"(\d{4})-(\d\d)", value)
                if column.endswith("__missing"):
                    line += [words("missing", value)]
                elif about["code_list"]:
                    line += [value, words(about["code_list"], value)]
                else:           # LibreOffice writes the first day of a month that is shown as year and month
                    line += [f"{month[2]}/01/{month[1]}" if month else value]
            wanted.append(line)
        differ(f"sheet {name}", wanted, table(f"{prefix}-{name}.csv")[1:], loose=True)
        seen += len(wanted)
    if seen < 100:
        sys.exit(f"only {seen} rows were compared")


command, args = sys.argv[1], sys.argv[2:]
if command == "same":
    differ(args[1], table(args[0]), table(args[1]), loose=args[2:] == ["loose"])
elif command == "csv":
    check_csv(*args)
elif command == "pandas":
    check_pandas(*args)
elif command == "types":
    print(types(*args))
elif command == "workbook":
    check_workbook(*args)
