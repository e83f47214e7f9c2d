"""What can be wrong in data/: one line a case, with what is done to a copy of it and what must be told.

Of each thing that is told: where it is, words of the problem, words of what would be right.
"""
# A table is read by its lines, however long they are.
# ruff: noqa: E501

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.storage.files import add, change, remove

HEBEI = "policies/hebei-2020"
TARGETS = f"{HEBEI}/targets.yaml"

Break = Callable[[Path], object]


@dataclass(frozen=True)
class Case:
    """One broken folder: what is done to it, and the beginnings and words of each line that must be told."""

    name: str
    breaks: Break
    told: tuple[tuple[str, ...], ...]


def case(name: str, breaks: Break, *told: tuple[str, ...]) -> Case:
    return Case(name, breaks, told)


def written(file: str, content: bytes) -> Break:
    return lambda data: (data / file).write_bytes(content)


def changed(file: str, old: str, new: str) -> Break:
    return lambda data: change(data / file, old, new)


def added(file: str, line: str) -> Break:
    return lambda data: add(data / file, line)


def removed(file: str, begin: str) -> Break:
    def breaks(data: Path) -> None:
        remove(data / file, begin)

    return breaks


def both(one: Break, other: Break) -> Break:
    def breaks(data: Path) -> None:
        one(data)
        other(data)

    return breaks


def gone(file: str) -> Break:
    return lambda data: (data / file).unlink()


def encoded(file: str, encoding: str) -> Break:
    return lambda data: (data / file).write_bytes((data / file).read_text("utf-8").encode(encoding))


def header(file: str, old: str, new: str) -> Break:
    """Changes the first line of a table only."""

    def breaks(data: Path) -> None:
        first, rest = (data / file).read_text("utf-8").split("\n", 1)
        assert old in first
        (data / file).write_text(first.replace(old, new) + "\n" + rest, "utf-8")

    return breaks


def a_folder(file: str) -> Break:
    def breaks(data: Path) -> None:
        (data / file).unlink()
        (data / file).mkdir()

    return breaks


def target(**fields: str) -> str:
    """One more target at the end of Hebei's, quoting what the first one does."""
    given = {
        "id": "one-more",
        "title_zh": "甲",
        "title_en": "A",
        "quote": '"研發投入強度達到全省平均水平的3倍以上"',
        "start": "1028",
        "end": "1047",
        "anchor": "[1043, 1044]",
        "scope_text": "全省高新区",
        "indicator": "rd_intensity",
        "place": "130000-all",
        "kind": "share",
        "comparator": '">="',
        "value": "3",
        "unit": '"%"',
        "deadline": "2025",
    }
    lines = [f"{name}: {value}" for name, value in {**given, **fields}.items() if value]
    return "- " + "\n  ".join(lines)


def one_more(**fields: str) -> Break:
    return added(TARGETS, target(**fields))


def published(**fields: str) -> Break:
    given = {
        "series": "rd_intensity",
        "place": "130000",
        "year": "2001",
        "value": "1.5",
        "unit": "%",
        "state": "",
        "source": "github-com-2019",
    }
    return added("published.csv", ",".join({**given, **fields}.values()) + ",,")


def deep(data: Path) -> None:
    (data / TARGETS).write_text("- " * 5000 + "x\n", "utf-8")


def bomb(data: Path) -> None:
    lines = ["a: &a [x, x]"] + [
        f"{n}: &{n} [*{o}, *{o}, *{o}, *{o}]" for o, n in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    (data / HEBEI / "policy.yaml").write_text("\n".join(lines), "utf-8")


def itself(data: Path) -> None:
    (data / TARGETS).write_text("&a [*a]\n", "utf-8")


LAST = "demonstration/exceptions.csv"

CASES = [
    # --- files that cannot be read -----------------------------------------------------------------------------------
    case("a table is missing", gone("sources.csv"), ("data/sources.csv: the file is missing", "put it there")),
    case("a binary table", written("units.csv", b"\x89PNG\r\n\x1a\n\xff\xfe\x00"), ("data/units.csv, line 1: this is not UTF-8", "save the file as text in UTF-8")),
    case("a table in GB 18030", encoded("zones.csv", "gb18030"), ("data/zones.csv, line 2: this is not UTF-8", "save the file as text in UTF-8")),
    case("a table in UTF-16", encoded("breaks.csv", "utf-16"), ("data/breaks.csv, line 1: this is not UTF-8", "in UTF-8")),
    case("a table with a NUL", changed("units.csv", "元,money,1,元,CNY\n", "元,money,1,\0,CNY\n"), ("data/units.csv, line 2: this is not text", "in UTF-8")),
    case("an empty table", written("breaks.csv", b""), ("data/breaks.csv: the file is empty".replace(":", ", line 1:"), "begin with a line that names the columns: statistic, year")),
    case("a folder in the place of a table", a_folder("breaks.csv"), ("data/breaks.csv: this is no file", "put a file with this name there")),
    case("a table with semicolons", lambda data: (data / "breaks.csv").write_text((data / "breaks.csv").read_text("utf-8").replace(",", ";"), "utf-8"), ("data/breaks.csv, line 1: the columns are not separated by commas", "save the file as CSV with commas")),
    case("a cell that is not closed", added("breaks.csv", 'exports,2020,"甲,A'), ("data/breaks.csv, line 4: this is no CSV", "see that each quoted cell is closed")),
    case("a line with too few cells", added("breaks.csv", "exports,2020,甲"), ("data/breaks.csv, line 4: there are 3 cells", "give 4, one a column; a cell with a comma in it stands in double quotes")),
    case("a line with too many cells", added("breaks.csv", "exports,2020,甲,A, and more"), ("data/breaks.csv, line 4: there are 5 cells", "give 4")),
    case("the folder of policies is missing", lambda data: shutil.rmtree(data / "policies"), ("data/policies: the folder is missing", "each policy has a folder in it with text.txt, policy.yaml and targets.yaml")),
    case("a text is missing", gone(f"{HEBEI}/text.txt"), (f"data/{HEBEI}/text.txt: the file is missing", "put it there")),
    case("an empty text", written(f"{HEBEI}/text.txt", b" \n"), (f"data/{HEBEI}/text.txt: the file is empty", "put the document there as received")),
    case("a description is missing", gone(f"{HEBEI}/policy.yaml"), (f"data/{HEBEI}/policy.yaml: the file is missing", "put it there")),
    case("an empty description", written(f"{HEBEI}/policy.yaml", b"# none\n"), (f"data/{HEBEI}/policy.yaml: the file is empty", "give at least id, title, title_en, issuer, region")),
    case("bad YAML", changed(TARGETS, "- id: rd-intensity\n", '- id: "rd-intensity\n'), (f"data/{TARGETS}, line ", "this is no YAML", "see quotes, colons and indentation")),
    case("a sign that YAML does not allow", changed(TARGETS, "- id: rd-intensity\n", "- id: rd-\x07intensity\n"), (f"data/{TARGETS}, line 2: this sign is not allowed in YAML", "take it out")),
    case("two documents in one YAML", added(f"{HEBEI}/policy.yaml", "---\nid: x"), (f"data/{HEBEI}/policy.yaml, line ", "this is no YAML (but found another document)")),
    case("an empty list of targets", written(TARGETS, b""), (f"data/{TARGETS}: the file is empty", "begin each entry with `- id: …`; write [] where there is none")),
    case("targets that are no list", written(TARGETS, b"id: rd-intensity\n"), (f"data/{TARGETS}, line 1: this is not a list", "begin each entry with `- id: …`")),
    case("a target that is a word", added(TARGETS, "- rd-intensity"), (f"data/{TARGETS}, line ", "this is not a field with a value", "write `field: value`")),
    case("a list that names itself", itself, (f"data/{TARGETS}, line 1: references (&, *) are not used here", "write the value out")),
    case("a list that grows without end", bomb, (f"data/{HEBEI}/policy.yaml, line 2: references (&, *) are not used here", "write the value out")),
    case("a list too deep to read", deep, (f"data/{TARGETS}, line 1: this lies too deep in other fields", "write one field a line")),
    case("a field that stands twice", changed(TARGETS, "  place: \"130000-national\"\n  kind: count\n", "  place: \"130000-national\"\n  kind: count\n  kind: count\n"), (f"data/{TARGETS}, line ", ", kind: the field stands here twice", "keep one of them")),
    # --- columns -----------------------------------------------------------------------------------------------------
    case("a misspelt column", header("units.csv", "dimension", "dimention"), ("data/units.csv, line 1, dimention: there is no such column", "did you mean dimension?"), ("data/units.csv, line 1, dimension: the column is missing", "the columns are symbol, dimension")),
    case("a column that stands twice", header("breaks.csv", "note_zh,note_en", "note_zh,note_en,note_en"), ("data/breaks.csv, line 1, note_en: the column is there 2 times", "keep one of them")),
    case("an unknown column", header("breaks.csv", "note_en", "note_en,who"), ("data/breaks.csv, line 1, who: there is no such column", "known are statistic, year, note_zh, note_en")),
    # --- single fields -----------------------------------------------------------------------------------------------
    case("a cell left empty", added("breaks.csv", "exports,2020,,A"), ("data/breaks.csv, line 4, note_zh: it is missing", "give a text")),
    case("a year that is none", added("breaks.csv", "exports,20200,甲,A"), ("data/breaks.csv, line 4, year: '20200' is out of range", "give a year from 1900 to 2100")),
    case("a year with a quarter", published(year="2017Q1"), ("data/published.csv, line ", ", year: '2017Q1' is not a whole number", "give a year from 1900 to 2100")),
    case("words for a number", published(value="约1.5"), (", value: '约1.5' is not a number", "give a number such as 12.5")),
    case("a number with a percent sign", published(value="1.5%"), (", value: '1.5%' is not a number", "give a number such as 12.5")),
    case("not a number", published(value="NaN"), (", value: 'NaN' is not a finite number", "give a number such as 12.5")),
    case("infinity", published(value="inf"), (", value: 'inf' is not a finite number", "give a number such as 12.5")),
    case("a number without end", published(value="1e400"), (", value: '1e400' has too many digits", "of at most 24 digits")),
    case("a number of a thousand digits", published(value="9" * 1000), (", value: '9999", "…' has too many digits", "of at most 24 digits")),
    case("an unknown state", published(state="withdrawn"), (", state: 'withdrawn' is unknown", "give one of provisional, final, revised")),
    case("neither yes nor no", changed("statistics.csv", ",flow,decimal,yes,,", ",flow,decimal,perhaps,,"), ("data/statistics.csv, line 11, may_be_negative: 'perhaps' is neither yes nor no", "give yes or no")),
    case("an unknown rule", changed("indicators.csv", "patents per 10,000 persons\",件/万人,ratio_of_sums,", "patents per 10,000 persons\",件/万人,mean,"), ("data/indicators.csv, line ", ", aggregation: 'mean' is unknown", "give one of sum, accumulated, ratio_of_sums")),
    case("an id with blanks", added("sources.csv", "two words,t,,,"), ("data/sources.csv, line 77, id: 'two words' is not written as it must be", "give an id of letters, digits")),
    case("an address that would run", added("sources.csv", "x,t,javascript:alert(1),,"), ("data/sources.csv, line 77, address: 'javascript:alert(1)' is not written", "begins with http:// or https://")),
    case("a date in words", added("sources.csv", "x,t,,last May,"), ("data/sources.csv, line 77, published_on: 'last May' is not written", "2023, 2023-08 or 2023-08-09")),
    case("a unit without size", changed("units.csv", "家,count,1,", "家,count,0,"), ("data/units.csv, line 11, factor: '0' is out of range", "above 0")),
    case("a region that is a group", changed("regions.csv", "130100,city,", "130100,group,"), ("data/regions.csv, line 6, kind: 'group' is unknown", "give one of country, province, city, area")),
    case("a date that is none", changed(f"{HEBEI}/policy.yaml", '"2020-09-30"', '"2020-09-31"'), (f"data/{HEBEI}/policy.yaml, line ", ", issued_on: '2020-09-31' cannot be used", "give a date such as 2020-09-30")),
    case("a comparator left out", one_more(comparator=""), (f"data/{TARGETS}, line ", ", comparator: it is missing", "give one of >=, >, <=, <, =, ~, range")),
    case("an unknown comparator", one_more(comparator='"≥"'), (", comparator: '≥' is unknown", "give one of >=, >")),
    case("an unknown field", one_more(deadlin="2025"), (", deadlin: there is no such field", "did you mean deadline?")),
    case("an anchor of one number", one_more(anchor="[1043]"), (", anchor.1: it is missing", "give the number of a character of text.txt")),
    case("a reference that is a word", one_more(kind="multiple_of_reference", unit='"倍"', reference="rd_intensity"), (", reference: 'rd_intensity' cannot be used", "give {indicator: …, place: …}")),
    case("a reference without a place", one_more(kind="multiple_of_reference", unit='"倍"', reference='{indicator: "rd_intensity"}'), (", reference.place: it is missing", "give the code of a region, a zone or a group")),
    case("a list for a text", one_more(title_zh="[a, b]"), (", title_zh: \"['a', 'b']\" is not one text", "give a text")),
    case("an offset below zero", one_more(start="-1"), (", start: '-1' is out of range", "counted from 0")),
    # --- names of other lines ----------------------------------------------------------------------------------------
    case("an unknown unit", published(unit="亿员"), (", unit: there is no unit '亿员'", "nearest: 亿元")),
    case("an unknown series", published(series="rd_intensty"), (", series: there is no statistic or indicator 'rd_intensty'", "nearest: rd_intensity")),
    case("an unknown place", published(place="13000"), (", place: there is no place '13000'", "nearest: 130000")),
    case("an unknown source", published(source="github-2019"), (", source: there is no source 'github-2019'", "nearest: github-com-2019")),
    case("an unknown zone", added("zone_standings.csv", "wuhu,2012,provincial,450400,zjxp-net-2017,"), ("data/zone_standings.csv, line 51, zone: there is no zone 'wuhu'", "nearest: ", "wuhai")),
    case("an unknown region", added("zone_groups.csv", "999999-all,甲,A,999999,"), ("data/zone_groups.csv, line 21, region: there is no region '999999'", "known are 100000, 110000")),
    case("an unknown statistic", added("breaks.csv", "export,2020,甲,A"), ("data/breaks.csv, line 4, statistic: there is no statistic 'export'", "nearest: exports")),
    case("an unknown indicator", one_more(indicator="rd_intensity_all"), (", indicator: there is no indicator 'rd_intensity_all'", "nearest: rd_intensity")),
    case("an unknown place of a target", one_more(place='"130000-al"'), (", place: there is no place '130000-al'", "nearest: 130000-all")),
    case("an unknown member", changed("indicators.csv", "|fixed_asset_investment|taxes_paid,", "|fixed_asset_investment|taxes_payed,"), ("data/indicators.csv, line 23, members: there is no indicator 'taxes_payed'", "nearest: taxes_paid")),
    case("an unknown region of a policy", changed(f"{HEBEI}/policy.yaml", 'region: "130000"', 'region: "13"'), (", region: there is no region '13'", "nearest: 130000, 130100, 130200")),
    # --- twice -------------------------------------------------------------------------------------------------------
    case("a unit that stands twice", added("units.csv", "家,count,1,家,"), ("data/units.csv, line 28, symbol: 家 stands already in line 11", "keep one of them")),
    case("a place that is a region and a zone", both(added("zones.csv", "130000,甲,A,"), added("zone_standings.csv", "130000,,provincial,130100,zjxp-net-2017,")), ("data/zones.csv, line 42, code: 130000 stands already in data/regions.csv, line 5", "give another id")),
    case("a value that stands twice", both(added("published.csv", "rd_intensity,130000,2001,1.5,%,,github-com-2019,,"), added("published.csv", "rd_intensity,130000,2001,1.6,%,,github-com-2019,,")), (", year: rd_intensity/130000/2001/final stands already in line ", "keep one of them")),
    case("a target that stands twice", one_more(id="zones"), (f"data/{TARGETS}, line ", ", id: zones stands already in line ", "keep one of them")),
    # --- edits -------------------------------------------------------------------------------------------------------
    case("an edit that cannot be read", changed("edits.csv", ",exports <= operating_revenue,", ",exports is less than operating_revenue,"), ("data/edits.csv, line 40, relation: it cannot be read: 'exports is less than operating_revenue' compares nothing", "write `a <= 2 * b + c`")),
    case("an edit of what nobody types in", added("edits.csv", "odd,hard,,regional_gdp >= 0,,{regional_gdp}?,{regional_gdp}?,regional_gdp=1,regional_gdp=-1"), ("data/edits.csv, line 62, relation: zones do not type in regional_gdp", "name a statistic of zones")),
    case("an edit of an unknown statistic", added("edits.csv", "odd,hard,,export >= 0,,{export}?,{export}?,export=1,export=-1"), ("data/edits.csv, line 62, relation: there is no statistic 'export'", "nearest: exports")),
    case("an edit that compares money and people", added("edits.csv", "odd,soft,,exports >= rd_personnel,,{exports}?,{exports}?,exports=2|rd_personnel=1,exports=1|rd_personnel=2"), ("data/edits.csv, line 62, relation: it compares money and people", "write how many go with one")),
    case("an edit of a kind that names a statistic", added("edits.csv", "odd,soft,number,value >= exports,,{value}?,{value}?,value=2|exports=1,value=1|exports=2"), ("data/edits.csv, line 62, relation: an edit of each statistic knows no exports", "write value or last")),
    case("an edit of an unknown kind", added("edits.csv", "odd,soft,money,value >= 0,,{value}?,{value}?,value=2,value=-1"), ("data/edits.csv, line 62, each: 'money' is not written as it must be", "leave it empty, or give one of every, number")),
    case("an edit whose message names another figure", added("edits.csv", "odd,soft,,exports >= 0,,{exports}?,{imports}?,exports=1,exports=-1"), ("data/edits.csv, line 62, message_en: nothing fills {imports}", "known are exports"), ("data/edits.csv, line 62, message_en: it names no figure", "name {exports}")),
    case("an edit whose example fails", added("edits.csv", "odd,soft,,exports >= 0,,{exports}?,{exports}?,exports=-2,exports=-1"), ("data/edits.csv, line 62, passes: it fails", "give figures of exports for which it passes")),
    case("an edit whose counter-example passes", added("edits.csv", "odd,soft,,exports >= 0,,{exports}?,{exports}?,exports=2,exports=1"), ("data/edits.csv, line 62, fails: it passes", "give figures of exports for which it fails")),
    case("an edit whose counter-example is not asked", added("edits.csv", "odd,soft,,exports >= 0,enterprises > 0,{exports}?,{exports}?,exports=2|enterprises=1,exports=-1"), ("data/edits.csv, line 62, fails: the edit is silent of it", "give figures of exports, enterprises for which it fails")),
    case("an edit whose example is no figure", added("edits.csv", "odd,soft,,exports >= 0,,{exports}?,{exports}?,exports=many,exports=-1"), ("data/edits.csv, line 62, passes.exports: 'many' is not a number", "give a number such as 12.5")),
    case("an edit that stands twice", added("edits.csv", "given,hard,every,value is given,,{value}?,{value}?,value=1,value="), ("data/edits.csv, line 62, code: given stands already in line 2", "keep one of them")),
    # --- places ------------------------------------------------------------------------------------------------------
    case("regions that lie in each other", both(changed("regions.csv", "130100,city,石家庄市,Shijiazhuang,130000,", "130100,city,石家庄市,Shijiazhuang,130200,"), changed("regions.csv", "130200,city,唐山市,Tangshan,130000,", "130200,city,唐山市,Tangshan,130100,")), ("data/regions.csv, line 6, parent: 130100 in 130200 in 130100: a region cannot lie in itself", "name the larger region"), ("data/regions.csv, line 7, parent: 130200 in 130100 in 130200", "name the larger region")),
    case("a region that lies in itself", changed("regions.csv", "130100,city,石家庄市,Shijiazhuang,130000,", "130100,city,石家庄市,Shijiazhuang,130100,"), ("data/regions.csv, line 6, parent: 130100 in 130100: a region cannot lie in itself", "name the larger region")),
    case("a city that lies nowhere", changed("regions.csv", "130100,city,石家庄市,Shijiazhuang,130000,", "130100,city,石家庄市,Shijiazhuang,,"), ("data/regions.csv, line 6, parent: a country lies in no other region, every other region lies in one", "give the code of the region it lies in")),
    case("standings out of order", both(removed("zone_standings.csv", "guilin,1988"), added("zone_standings.csv", "guilin,1988,provincial,450300,soolun-net-undated,")), ("data/zone_standings.csv, line 50, valid_from: 1988 stands after 1991", "put the lines of a zone in the order of their years")),
    case("a beginning after the end", added("zone_standings.csv", "guilin,,provincial,450300,soolun-net-undated,"), ("data/zone_standings.csv, line 51, valid_from: a line without a year holds from the beginning", "put it first")),
    case("a zone without a standing", removed("zone_standings.csv", "wuzhou,"), ("data/zones.csv, line 16, code: the zone has no line in zone_standings.csv", "give its level, city and source")),
    case("a zone in the whole country", changed("zone_standings.csv", "wuzhou,2012,provincial,450400,", "wuzhou,2012,provincial,100000,"), (", city: 100000 is the whole country", "give the city or area")),
    # --- catalogue ---------------------------------------------------------------------------------------------------
    case("a statistic shown in another dimension", changed("statistics.csv", "gross domestic product of the zone,千元,亿元,", "gross domestic product of the zone,千元,家,"), ("data/statistics.csv, line 5, display_unit: 家 cannot show what is kept in 千元", "give a unit of money")),
    case("a share that is not times a hundred", changed("indicators.csv", "enterprise_rd_expenditure,zone_gdp,100,", "enterprise_rd_expenditure,zone_gdp,1,"), ("data/indicators.csv, line 3, factor: a share in % is 100 times the ratio, not 1 times", "give 100")),
    case("a ratio without a denominator", changed("indicators.csv", "enterprise_rd_expenditure,zone_gdp,100,", "enterprise_rd_expenditure,,100,"), ("data/indicators.csv, line 3, denominator: ratio_of_sums needs one", "give the statistic to divide by")),
    case("a count without a threshold", changed("indicators.csv", "gross_industrial_output,,1,1000,亿元,yes,", "gross_industrial_output,,1,,亿元,yes,"), (", threshold: zone_count_past_threshold has one", "give both threshold and threshold_unit")),
    case("a sum in another dimension", changed("indicators.csv", "net profit,亿元,sum,net_profit,", "net profit,家,sum,net_profit,"), (", unit: 家 cannot show net_profit, kept in 千元", "give a unit of money")),
    case("a stock that is added up", changed("indicators.csv", ",accumulated,technology_teams,", ",accumulated,maker_spaces,"), (", numerator: maker_spaces is a stock: it adds up by itself", "give a flow, or use sum"), ) ,
    # --- values ------------------------------------------------------------------------------------------------------
    case("a percentage of a count", published(series="enterprises"), (", unit: % cannot be kept as 家, the unit of enterprises", "give a unit of count, such as 家")),
    case("half an enterprise", published(series="enterprises", value="10.5", unit="家"), (", value: 10.5 家 is not a whole number of 家", "see the figure and the unit in the source")),
    case("fewer than none", published(series="zone_gdp", value="-3", unit="亿元"), (", value: -3 is negative, which zone_gdp cannot be", "see the sign in the source")),
    case("a percentage beyond belief", published(value="19700"), (", value: 19700 % is no believable percentage", "2.5 % is written as 2.5")),
    case("a note in one language", added("published.csv", "rd_intensity,130000,2001,1.5,%,,github-com-2019,口径不同,"), (", note_en: it is missing", "give a note in both languages, or none")),
    # --- policies and targets ----------------------------------------------------------------------------------------
    case("a policy under another name", lambda data: (data / HEBEI).rename(data / "policies" / "hebei"), ("data/policies/hebei/policy.yaml, line 2, id: 'hebei-2020' is not the name of its folder", "give hebei")),
    case("a text that was edited", lambda data: (data / HEBEI / "text.txt").write_bytes((data / HEBEI / "text.txt").read_bytes() + b"\n"), (f"data/{HEBEI}/policy.yaml, line 10, sha256: text.txt is not the file that was recorded", "as it was received (line ends too)")),
    case("a year of issue that is not the date's", changed(f"{HEBEI}/policy.yaml", "issued: 2020", "issued: 2021"), (", issued: 2021 is not the year of 2020-09-30", "give 2020")),
    case("a plan that ends before it begins", changed("policies/guangxi-2018/policy.yaml", "period_end: 2020", "period_end: 2016"), (", period_end: 2016 lies before 2017", "give the last year of the plan period")),
    case("a quote that stands elsewhere", one_more(start="1029", end="1048"), (f"data/{TARGETS}, line ", ", quote: text[1029:1048] is ", "it stands at start 1028, end 1047")),
    case("a quote that is nowhere", one_more(quote='"研发投入强度达到全省平均水平的3倍以上"'), (", quote: text[1028:1047] is ", "it does not stand anywhere in text.txt: copy it from there")),
    case("an anchor outside the quote", one_more(anchor="[1048, 1049]"), (", anchor: [1048, 1049] does not lie in the quote", "between 1028 and 1047")),
    case("a percentage as a count", one_more(kind="count", indicator="high_tech_enterprises", value="35"), (", unit: a count is not a percentage", "give 家, 个, 人 …, or the kind share")),
    case("a count with a fraction", one_more(kind="count", indicator="high_tech_enterprises", unit='"家"', value="3.5"), (", value: a count is a whole number, not 3.5", "see the number in the quote")),
    case("a share of more than all", one_more(value="250"), (", value: a share lies between 0 and 100 %, not at 250", "2.5 % is 2.5")),
    case("a share in enterprises", one_more(unit='"家"'), (", unit: a share is not given in 家", "give %, or another kind")),
    case("money for a share", one_more(kind="level", unit='"亿元"'), (", unit: 亿元 does not go with rd_intensity, in %", "give a unit of percent, or another indicator")),
    case("a multiple without a reference", one_more(kind="multiple_of_reference", unit='"倍"'), (", reference: a multiple_of_reference names its reference", "give {indicator: …, place: …}")),
    case("a range without an upper end", one_more(comparator="range"), (", value_high: a range needs its upper end in value_high", "see the number and the words around it")),
    case("a direction against the comparator", one_more(direction="-1"), (", direction: the direction -1 contradicts the comparator >=", "see the number")),
    case("a deadline before the policy", one_more(deadline="2019"), (", deadline: the deadline 2019 does not lie after the year the policy was issued in, 2020", "see the text")),
    case("a baseline after the deadline", one_more(baseline_year="2026"), (", baseline_year: the deadline 2025 does not lie after the baseline, 2026", "see the text")),
    case("each zone of one zone", one_more(place="shijiazhuang", per_zone="true"), (", per_zone: shijiazhuang is no group of zones", "name a group as the place")),
    # --- demonstration and words -------------------------------------------------------------------------------------
    case("no recipe for a statistic", removed("demonstration/statistics.csv", "exports,"), ("data/statistics.csv, line 13, code: nothing says how the demonstration set makes it", "give it a line in demonstration/statistics.csv")),
    case("a recipe for nothing", added("demonstration/counts.csv", "export,revenue_100m,1,2,0"), ("data/demonstration/counts.csv, line 23, statistic: there is no statistic 'export'", "nearest: exports")),
    case("a recipe that draws on what is not there yet", changed("demonstration/statistics.csv", "net_profit,operating_revenue,", "net_profit,exports,"), ("data/demonstration/statistics.csv, line 6, of: exports is not made yet where this line is", "name one that stands above it")),
    case("a demonstration zone that is none", added("demonstration/exceptions.csv", "lincan,exports,2019,2019,1,,"), ("data/demonstration/exceptions.csv, line 14, zone: there is no zone 'lincan'", "nearest: lincang")),
    case("a parameter that is no number", changed("demonstration/zones.csv", "wuhai,420,", "wuhai,four hundred,"), ("data/demonstration/zones.csv, line 6, revenue_2016: 'four hundred' is not a number", "give a number above 0")),
    case("years outside the set", added("demonstration/exceptions.csv", "lincang,exports,2019,2030,1,,"), (", from_year: 2019 to 2030 are not years of the set", "give years from 2016 to 2024")),
    case("a demonstration table is missing", gone("demonstration/zones.csv"), ("data/demonstration/zones.csv: the file is missing", "put it there")),
    case("a word without English", changed("wording/status.yaml", 'status.met: {zh: "已达成", en: "met"}', 'status.met: {zh: "已达成"}'), ("data/wording/status.yaml, line 2, status.met: it is missing", "give a text")),
    case("a word that stands twice", added("wording/status.yaml", 'status.met: {zh: "甲", en: "A"}'), ("data/wording/status.yaml, line ", ", status.met: the key stands already in data/wording/status.yaml, line 2", "keep one of them")),
    case("a brace that is not closed", changed("wording/status.yaml", 'status.met: {zh: "已达成", en: "met"}', 'status.met: {zh: "已达成", en: "met {"}'), (", status.met.en: a brace is not closed", "write {name}, or {{ for a brace")),
    case("words that are no YAML", added("wording/status.yaml", "a: b: c"), ("data/wording/status.yaml, line ", ": this is no YAML", "see quotes, colons and indentation")),
]  # fmt: skip
