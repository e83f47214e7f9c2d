"""From a text to proposed targets: quantities, clauses, context, and what is missing."""

import re
from dataclasses import replace
from decimal import Decimal
from difflib import SequenceMatcher

from models.enums import Comparator, Kind, Nature, Strength
from models.extraction import Candidate, Metadata, SourceText, Span, Tier
from targets.extraction.acceptance import Carried, accepted
from targets.extraction.deadlines import Deadline, find_deadline
from targets.extraction.grammar import Row, alternatives, of, pattern
from targets.extraction.guards import guard_rule
from targets.extraction.kinds import PER_HEAD, kind_of
from targets.extraction.naming import (
    denominator_of,
    home,
    indicator_name,
    object_after,
    reference_of,
    scope_of,
    subject_before,
    topic,
)
from targets.extraction.normalise import View, normalise
from targets.extraction.place import Place, place_of, within
from targets.extraction.quantities import NUMBER, Quantity, quantities, unit_words
from targets.extraction.reading import Reading, attributive, read_clause, trimmed_start
from targets.extraction.structure import LONGEST_HEADING, Date, Structure, read_structure
from targets.extraction.tables import table_candidates, without_tables
from targets.extraction.tense import past_rule

REASONS = {
    "whole": "all of them, or a multiple, said in words",
    "norm": "what each zone is bound to",
    "growth": "a growth or decline",
    "rank": "a rank to reach",
    "share": "a share or rate to reach",
    "carried": "continues the list before it",
    "unknown unit": "the unit is not known",
    "reaches": "a verb of reaching governs the number",
    "outcome": "an outcome stands before the number",
    "verb": "a verb of completion governs the number",
    "weak verb": "only promoted or supported, not completed",
    "completed": "the things counted are to be completed",
    "preparation": "only prepared",
    "no verb": "no verb says that it is to be reached",
    "says which": "only says which things are meant",
    "describes": "describes the area of a place",
}
"""What a reason is called in words; what is not here is the rule that speaks against the number."""

DEADLINES = {
    "clause": "clause",
    "sentence": "sentence",
    "relative": "year of issue, counted on",
    "lead": "lead-in",
    "heading": "heading",
    "year": "year of the report",
    "yearly": "year",
    "period": "plan's period",
}

SAID_AGAIN = "says again what an earlier quote says"

ALIKE = 0.62
"""Quotes of the same number and thing that agree in less are two aims: 甲等50个项目投产, 乙等50个项目投产."""

SAME_NUMBER = 50
"""A repeat is looked for among so many aims with the same number."""

ENGINE_VERSION = "2"
"""Rises with every change of the rules, so that a stored proposal tells which engine made it."""

WORDS_OF = {"人均": "人", "亩均": "亩", "户均": "户", "地均": "平方公里"}
FAR_IN_CLAUSE = 300
"""A clause is read no further than this from its number, as place.py bounds sentences and lines."""

LONGEST_ITEM = 48
"""Two numbers of one list stand at most so far apart."""

VERB_ONLY = re.compile(rf"(?:重点|加快|积极|大力|每年|力争|再)*(?:{alternatives('verb')})+")
DROPPED_VERB = re.compile("^(?:建设|新建|创建|建成|打造|培育|争创|新增)")
ZONES_ONLY = re.compile(r"^[^，。的]{1,24}(?:高新技术产业开发区|高新区|开发区|经开区|园区)$")
KEEP_VERB_WORD = re.compile(rf"(?:{pattern('verb.make').pattern}|引进|培育|改造|治理|撤并|维修|培训)")


def extract(source: SourceText | str, metadata: Metadata | None = None, *, everything: bool = False) -> list[Candidate]:
    """Every proposed target of a text, by its place; the last tier lists each other number that may be one.

    `metadata` says what the text itself may not: title, issuer, region, year of issue. Pure: the same text gives the
    same candidates. Every quote is exactly text[start:end] of the source. Raises DocumentRefused for more numbers than
    any policy has; the time is linear in the length of the text. With `everything` the last tier also lists numbers
    that no rule can place, so that somebody else's claim can be held against them.
    """
    text = source if isinstance(source, str) else source.text
    view = normalise(text)
    structure = read_structure(view.text, metadata or Metadata())
    finder = _Finder(text, view, structure, everything)
    cells = () if isinstance(source, str) else source.cells
    tables = table_candidates(text, cells, structure.issued, structure.period_end, finder.default_scope)
    found = without_tables(finder.candidates(), tables) if tables else finder.candidates()
    return _without_repeats(sorted([*found, *tables], key=lambda each: (each.anchor.start, each.start)))


class _Finder:
    """One walk over the numbers of a text, remembering what the last target of the sentence said."""

    def __init__(self, source: str, view: View, structure: Structure, everything: bool) -> None:
        self.source, self.view, self.structure, self.everything = source, view, structure, everything
        self.text = view.text
        self.metadata = structure.metadata
        self.default_scope = home(structure.metadata, structure)
        self.last: Candidate | None = None
        self.last_reading: Reading | None = None
        self.last_sentence = (-1, -1)
        self.verb = ""
        self.item: Quantity | None = None

    def candidates(self) -> list[Candidate]:
        numbers = quantities(self.text)
        found = []
        for at, quantity in enumerate(numbers):
            before = numbers[at - 1] if at else None
            after = numbers[at + 1] if at + 1 < len(numbers) else None
            candidate = self._candidate(quantity, before, after)
            if candidate is not None:
                found.append(candidate)
        return found

    def _clause(self, quantity: Quantity, before: Quantity | None, after: Quantity | None) -> tuple[int, int]:
        """The clause of a number: up to the joints with the numbers beside it."""
        start, end = within(self.structure.clause(quantity.start), quantity.start, FAR_IN_CLAUSE)
        opened = self.text.rfind("（", start, quantity.start)
        if opened >= 0 and "）" not in self.text[opened : quantity.start]:
            start = opened + 1
            closed = self.text.find("）", quantity.after, end)
            end = closed if closed >= 0 else end
        before = self.item if self.item is not None and before is not None and self.item.start >= start else before
        if before is not None and start <= before.start < quantity.start:
            between = self.text[before.after : quantity.start]
            joint = _joint(between)
            if joint is not None:
                start = before.after + joint
        if after is not None and after.start < end:
            between = self.text[quantity.after : after.start]
            joint = between.find("、")
            if joint >= 0 and _own_item(between[joint + 1 :]):
                end = quantity.after + joint
        return start, end

    def _candidate(self, quantity: Quantity, before: Quantity | None, after: Quantity | None) -> Candidate | None:
        start, end = self._clause(quantity, before, after)
        reading = read_clause(self.text, quantity, start, end)
        self._distribute(reading)
        which = attributive(reading, after, before)
        if which and not self.everything:
            return None
        if not which:
            self.item = quantity
        kind = kind_of(reading)
        place = place_of(self.structure, reading)
        refused = past_rule(place) or guard_rule(place)
        carried = self._carried(reading)
        said, why = accepted(reading, kind, Carried(carried, carried and self._same_frame(reading)))
        deadline = find_deadline(place)
        rules = [*reading.rules, *([refused] if refused else []), *self._other_rules(place, reading)]
        if refused or not said or which:
            if quantity.kind == "" and not self.everything:
                return None
            return self._made(place, kind, deadline, Tier.POSSIBLE, refused or why, rules, carried)
        tier = self._tier(reading, deadline, quantity)
        made = self._made(place, kind, deadline, tier, why, rules, carried)
        self.last, self.last_reading = made, reading
        self.last_sentence = self.structure.sentence(quantity.start)
        return made

    def _other_rules(self, place: Place, reading: Reading) -> list[str]:
        """The rows that colour a candidate without deciding on it: unit, hedge, outcome, section, adverse."""
        found = [reading.quantity.row.id] if reading.quantity.row is not None else []
        found += [row.id for row in (_last("hedge", place.said_before), _last("head", reading.subject[-8:])) if row]
        if adverse(reading.subject[-8:]):
            found.append("adverse")
        if place.section is not None and place.section.rule:
            found.append(place.section.rule)
        return found

    def _distribute(self, reading: Reading) -> None:
        """A、B、C分别下降23%、15%、18%: a bare number takes the verb of the one before it."""
        last = self.last_reading
        if (
            last is None
            or reading.subject.strip("、和及与 　")
            or reading.verb
            or last.quantity.unit != reading.quantity.unit
        ):
            return
        gap = self.text[last.quantity.after : reading.quantity.start]
        if re.fullmatch(r"(?:以上|左右|以内)?[、和及与]", gap) and (last.grows or last.reached):
            reading.grows, reading.reached = last.grows, last.reached
            reading.comparator = reading.comparator or last.comparator
            reading.yearly, reading.total = last.yearly, last.total

    def _tier(self, reading: Reading, deadline: Deadline, quantity: Quantity) -> Tier:
        firm = reading.reached or reading.suffixed or reading.grows or reading.verb_kind == "verb" or quantity.word
        return Tier.HIGH if deadline.year is not None and firm and (quantity.row or quantity.word) else Tier.CHECK

    def _carried(self, reading: Reading) -> bool:
        """Whether verb or subject come from the target before, in the same sentence."""
        if self.last is None or self.last_reading is None:
            return False
        begun, ended = self.structure.sentence(reading.quantity.start)
        if (begun, ended) == self.last_sentence:
            return True
        # 到2023年，甲翻番；到2025年，突破2000家: the subject of the part before the semicolon.
        bare = reading.reached and not subject_before(self.text, reading)
        return bare and self.text[begun - 1 : begun] in ("；", ";") and begun - 1 == self.last_sentence[1]

    def _same_frame(self, reading: Reading) -> bool:
        """An item of a list after one verb: the same kind of unit, joined by 、 or a comma."""
        assert self.last is not None and self.last_reading is not None
        before = self.last_reading.quantity
        gap = self.text[before.after : reading.quantity.start]
        if len(gap) > LONGEST_ITEM or re.search(r"[。；;]", gap):
            return False
        after_verb = not self.last_reading.subject or VERB_ONLY.fullmatch(self.last_reading.subject.strip(" 　、和及"))
        if not subject_before(self.text, reading) and after_verb and re.search(r"(?:、|以及|和|及)$", gap):
            return True
        if not subject_before(self.text, reading) and not re.fullmatch(
            r"(?:以上|左右)?[，和及]?|[^，。；]{0,8}、", gap
        ):
            return False
        return before.kind == reading.quantity.kind or before.kind in ("count", "level")

    def _made(
        self,
        place: Place,
        kind: Kind,
        deadline: Deadline,
        tier: Tier,
        reason: str,
        rules: list[str],
        carried: bool,
    ) -> Candidate:
        reading, quantity, text = place.reading, place.quantity, self.text
        subject, obj = subject_before(text, reading), object_after(reading, kind)
        scope, indicator = self._named(place, kind, subject, obj, carried)
        unit = "位" if kind is Kind.RANK else self._unit(quantity, reading, indicator)
        start, end = self._quote(reading, kind, obj)
        span = self.view.source_span(start, end)
        anchor = self.view.source_span(quantity.start, quantity.end)
        words = strength_of(place.said_before)
        standing = deadline.year is None and bool(re.search("每[家个]", subject)) and words == "binding"
        return Candidate(
            quote=self.source[span.start : span.end],
            start=span.start,
            end=span.end,
            anchor=anchor,
            indicator=indicator or subject,
            scope=scope,
            kind=kind,
            comparator=self._comparator(reading, kind, indicator),
            value=quantity.value,
            unit=unit,
            tier=tier,
            denominator=denominator_of(indicator or subject, kind),
            reference=reference_of(reading, kind),
            measure=_measure(reading, kind, any(d.baseline for d in self._dates(reading))),
            value_high=quantity.high,
            baseline_year=next((d.year for d in self._dates(reading) if d.baseline), None),
            baseline_value=_baseline_value(text[reading.start : quantity.start]),
            direction=-1 if reading.grows == "down" else None,
            deadline=None if standing else deadline.year,
            strength=Strength(words) if words else Strength.EXPECTED,
            nature=Nature.STANDING if standing else Nature.GOAL,
            implicit_value=quantity.word == "whole",
            reasons=(REASONS.get(reason, f"not an aim: {reason}"), self._because(deadline)),
            rules=tuple(dict.fromkeys(rules)),
            deadline_span=self.view.source_span(deadline.span.start, deadline.span.end) if deadline.span else None,
            subject_span=self._carried_from(indicator, subject) if carried else None,
        )

    def _carried_from(self, indicator: str, subject: str) -> Span | None:
        """Where the subject stands that a number takes over from the one before it."""
        last = self.last
        taken = last is not None and (not subject or subject.startswith("占") or indicator == last.indicator)
        if last is None or not taken or last.start >= last.anchor.start:
            return None
        return Span(last.start, last.anchor.start)

    def _opening(self, quantity: Quantity) -> str:
        """The first sentence of the number's line where it is short: a topic."""
        line_start, _ = self.structure.line(quantity.start)
        _, first_end = self.structure.sentence(line_start)
        return self.text[line_start:first_end] if first_end - line_start <= LONGEST_HEADING else ""

    def _dates(self, reading: Reading) -> list[Date]:
        return self.structure.dates_between(reading.start, reading.quantity.start)

    def _because(self, deadline: Deadline) -> str:
        """The deadline in words, with where it was found."""
        if deadline.year is None:
            return "no deadline is stated"
        found = deadline.span
        where = f" ({self.text[found.start : found.end]})" if found else ""
        return f"deadline {deadline.year} from the {DEADLINES[deadline.rule]}{where}"

    def _named(self, place: Place, kind: Kind, subject: str, obj: str, carried: bool) -> tuple[str, str]:
        """Scope and indicator; what the clause leaves out comes from the target before."""
        reading = place.reading
        last = self.last if carried else None
        if ZONES_ONLY.search(subject):
            if kind is Kind.COUNT:
                zones = DROPPED_VERB.sub("", subject)
                return zones, f"{zones}数量"
            if last is not None and reading.reached:
                return subject, last.indicator
        if subject.startswith("占") and last is not None and kind is Kind.SHARE:
            measured, whole = last.indicator.split("占")[0], re.sub("的?(?:比重|比例)?的?$", "", subject)
            return last.scope, f"{measured}{whole}的比重"
        spoken_of = topic(place.said_before, self._opening(reading.quantity))
        scope, rest = scope_of(subject, spoken_of or self.default_scope, self.metadata)
        if kind is Kind.COVERAGE and reading.quantity.word == "whole":
            whose = re.sub("(?:率先|基本)?实现.*$", "", subject)
            return (whose or scope, indicator_name(subject, obj, reading, kind))
        if kind is Kind.COVERAGE and not subject:
            who = re.match(r"(?:以上)?的?([^，。]{2,}?)(?:完成|实现|建成|达到|建立|开展)", reading.tail)
            return (who[1] if who else scope, indicator_name(rest, obj, reading, kind))
        indicator = indicator_name(rest, obj, reading, kind)
        if last is not None and not rest and not (kind is Kind.COUNT and obj):
            return (scope if subject else last.scope), last.indicator
        if last is not None and kind is Kind.COUNT and not reading.verb and self.verb and self._same_frame(reading):
            indicator = self.verb + indicator
        elif kind is Kind.COUNT:
            found = KEEP_VERB_WORD.match(rest)
            self.verb = found[0] if found else ""
        return scope, indicator

    def _unit(self, quantity: Quantity, reading: Reading, indicator: str) -> str:
        unit = unit_words(quantity, indicator + reading.subject + reading.tail[:12])
        if "/" in unit or quantity.kind not in ("level", "count"):
            return unit
        found = PER_HEAD.search(reading.subject)
        if not found:
            return unit
        if found["each"]:
            return f"{unit}/{WORDS_OF[found['each']]}" if "元" in unit else unit
        return f"{unit}/{found['many'] or ''}{found['whom'].removesuffix('企业')}"

    def _comparator(self, reading: Reading, kind: Kind, indicator: str) -> Comparator:
        if reading.quantity.high is not None:
            return Comparator.RANGE
        found = reading.comparator
        if kind is Kind.RANK and not re.search("前进|前移|进位|提升|中进", reading.subject[-6:]):
            return Comparator.AT_MOST
        if found is None or (found is Comparator.AT_LEAST and not reading.suffixed):
            if not reading.grows and reading.reached and adverse(indicator[-8:]):
                return Comparator.AT_MOST
            return Comparator.AT_LEAST
        return found

    def _quote(self, reading: Reading, kind: Kind, obj: str) -> tuple[int, int]:
        quantity = reading.quantity
        start = trimmed_start(self.text, reading.start, quantity.start)
        end = max(quantity.after, reading.quote_end)
        if obj and kind in (Kind.COUNT, Kind.COVERAGE, Kind.LEVEL) and quantity.word != "whole":
            words = re.split(r"[，。；;,：:]", self.text[end : reading.end], maxsplit=1)[0]
            end += len(words.rstrip(" 　"))
        while end > start and self.text[end - 1] in " 　、，\n":
            end -= 1
        return min(start, quantity.start), max(end, quantity.end)


def _joint(between: str) -> int | None:
    """Where the next item of a list begins, between two numbers of one clause."""
    found = None
    for each in re.finditer(r"、|，|和|及|与|以及|其中", between):
        found = each.end()
        if each[0] == "、":
            break
    return found


def _own_item(words: str) -> bool:
    """Whether what stands between 、 and the next number is an item of its own, not part of one name."""
    return "、" not in words[:30] or len(words) < 30


def _measure(reading: Reading, kind: Kind, compared: bool) -> str | None:
    if kind is Kind.GROWTH_RATE:
        return "total" if reading.total or (compared and not reading.yearly) else "annual"
    if kind is Kind.COUNT:
        return "flow" if reading.verb_kind == "verb" else "stock"
    return None


def _without_repeats(found: list[Candidate]) -> list[Candidate]:
    """The same aim said again is a mention of the first; it stays listed, for a reader who thinks otherwise."""
    kept: list[Candidate] = []
    seen: dict[tuple[Decimal, Decimal | None, str, Comparator, Kind], list[int]] = {}
    for each in found:
        if each.tier is Tier.POSSIBLE:
            kept.append(each)
            continue
        key = (each.value, each.value_high, each.unit, each.comparator, each.kind)
        first = next((at for at in seen.get(key, [])[-SAME_NUMBER:] if _alike(kept[at], each)), None)
        if first is not None:
            kept[first] = replace(kept[first], mentions=(*kept[first].mentions, Span(each.start, each.end)))
            kept.append(replace(each, tier=Tier.POSSIBLE, reasons=(SAID_AGAIN, *each.reasons[1:])))
            continue
        seen.setdefault(key, []).append(len(kept))
        kept.append(each)
    return kept


def _alike(first: Candidate, second: Candidate) -> bool:
    """Whether two candidates with the same number speak of the same thing."""
    a, b = (re.sub(r"[\s的数量“”]", "", each.indicator) for each in (first, second))
    if first.deadline != second.deadline and second.deadline is not None and first.deadline is not None:
        return False
    if len(min(a, b, key=len)) < 4 or not (a in b or b in a or a[-6:] == b[-6:]):
        return False
    return first.quote == second.quote or SequenceMatcher(None, first.quote, second.quote).ratio() >= ALIKE


def _baseline_value(words: str) -> Decimal | None:
    """从55.3%提高到60% starts at 55.3."""
    found = re.search(rf"(?:从|由)(?:人均)?({NUMBER})", words)
    return Decimal(found[1].replace(",", "")) if found else None


def adverse(words: str) -> bool:
    """Whether less of it is better."""
    return bool(pattern("adverse").search(words))


def strength_of(words: str) -> str:
    """How firmly a sentence says it, told by the last hedge before the number."""
    row = _last("hedge", words)
    return row.effect if row else ""


def _last(group: str, words: str) -> Row | None:
    """The row of the last word of a class in some words."""
    found = ""
    for each in pattern(group).finditer(words):
        found = each[0]
    return of(group)[found] if found else None
