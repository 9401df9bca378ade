"""Final clauses to be read aloud: modelled on well-known ones, shortened, and no authority for any.

The climate agreement of 2015, a date fixed where the condition is met by then, the covenants of
1966, conventions of Europe, the test ban, clear days as the African Union counts them, whaling, the
fiscal compact, and accession by consent of the parties.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from comity.kernel.dates import Period
from comity.treaty.model import (
    TOTAL,
    After,
    Amount,
    Case,
    Cases,
    Class,
    Consent,
    Counting,
    Entry,
    Every,
    Fixed,
    NotBefore,
    Of,
    Signature,
    Step,
    Test,
    Together,
    Treaty,
    Way,
    Weights,
    WeightTable,
    Withdrawal,
)


def days(number: int) -> Step:
    return Step("days", number)


def months(number: int) -> Step:
    return Step("months", number)


def years(number: int) -> Step:
    return Step("years", number)


NEXT_MONTH = Step("first_of_month", 1)
ALWAYS = (Period(),)
RATIFYING = ("ratification", "acceptance", "approval")
OPEN = (Consent(RATIFYING, ("signatories",)), Consent(("accession",)))


def named(en: str, ru: str, zh: str) -> dict[str, str]:
    return {"en": en, "ru": ru, "zh": zh}


FOURTH_DEPOSIT = Treaty(
    "fourth_deposit",
    Entry(
        Test("at_least", Amount(4), kinds=("ratification",)), After((days(30),)), article="art_21"
    ),
    ways=(Way(After((days(30),))),),
)

PARIS = Treaty(
    "paris",
    Entry(
        Together((
            Test("at_least", Amount(55), without=("organisations",)),
            Test("at_least", Amount(Fraction(55, 100), TOTAL), weight="emissions",
                 without=("organisations",)),
        )),
        After((days(30),)),
        article="art_21",
    ),
    signature=Signature(date(2016, 4, 22), date(2017, 4, 21)),
    consents=(*OPEN[:1], Consent(("accession",), start=date(2017, 4, 22))),
    ways=(Way(After((days(30),)), article="art_21"),),
    withdrawal=Withdrawal(
        After((years(1),)), locked=After((years(3),), since="entry"), article="art_28"
    ),
    classes={
        "organisations": Class(
            "organisations", {"EU": ALWAYS},
            names=named(
                "regional economic integration organisations",
                "региональные организации экономической интеграции",
                "区域经济一体化组织",
            ),
        )
    },
    weights={
        "emissions": Weights(
            "emissions", (WeightTable({"AA": 38}, Fraction(3700, 1)),),
            named("greenhouse gas emissions", "выбросы парниковых газов", "温室气体排放量"),
        )
    },
)  # fmt: skip

MET_BY = Treaty(
    "met_by",
    Entry(
        Test("at_least", Amount(50)),
        Cases((
            Case(Fixed(date(2019, 1, 1)), date(2018, 10, 3)),
            Case(After((days(90),))),
        )),
    ),
)  # fmt: skip

COVENANT = Treaty(
    "covenant",
    Entry(Test("at_least", Amount(35), kinds=("ratification", "accession")), After((months(3),))),
    ways=(Way(After((months(3),))),),
)

EUROPE = Treaty(
    "europe",
    Entry(Test("at_least", Amount(5), kinds=RATIFYING), After((months(3), NEXT_MONTH))),
    ways=(Way(After((months(3), NEXT_MONTH))),),
)

TEST_BAN = Treaty(
    "test_ban",
    Entry(
        Every("annex_2", kinds=("ratification",)),
        NotBefore(After((days(180),)), (After((years(2),), since="opening"),)),
    ),
    classes={
        "annex_2": Class(
            "annex_2", {"AA": ALWAYS, "BB": ALWAYS, "CC": ALWAYS},
            names=named(
                "States listed in Annex 2",
                "государства, перечисленные в приложении 2",
                "附件二所列国家",
            ),
        )
    },
)  # fmt: skip

CLEAR_DAYS = Treaty(
    "clear_days",
    Entry(Test("at_least", Amount(22), kinds=("ratification",)), After((days(30),))),
    counting=Counting("clear", clear_days=True),
)

WHALING = Treaty(
    "whaling",
    withdrawal=Withdrawal(
        After((Step("next", day=(1, 1), or_same=True), Step("next", day=(6, 30))))
    ),
)

COMPACT = Treaty(
    "compact",
    Entry(
        Test("at_least", Amount(12), among="euro", kinds=("ratification",)),
        Cases((
            Case(Of((Fixed(date(2013, 1, 1)), After((NEXT_MONTH,))), latest=False),
                 date(2013, 1, 1)),
            Case(After((NEXT_MONTH,))),
        )),
    ),
    ways=(Way(After((NEXT_MONTH,)), among="euro"),),
    classes={
        "euro": Class(
            "euro", members_of="EURO",
            names=named("euro-area States", "государства зоны евро", "欧元区国家"),
        )
    },
)  # fmt: skip

ACCESSION = Treaty(
    "accession",
    Entry(Test("at_least", Amount(2), kinds=("ratification",)), After()),
    consents=(
        Consent(("ratification",), ("signatories",)),
        Consent(("accession",), from_entry=True, accepted_by="parties"),
    ),
    ways=(Way(After((days(60),)), kinds=("accession",), towards_accepting=True),),
    classes={
        "parties": Class(
            "parties", parties_of="accession",
            names=named("the Contracting Parties", "договаривающиеся стороны", "缔约方"),
        )
    },
    names=named("Model Convention", "Типовая конвенция", "示范公约"),
)  # fmt: skip

EVERY = (
    FOURTH_DEPOSIT,
    PARIS,
    MET_BY,
    COVENANT,
    EUROPE,
    TEST_BAN,
    CLEAR_DAYS,
    WHALING,
    COMPACT,
    ACCESSION,
)


def assert_whole(sentences: list[str]) -> None:
    for each in sentences:
        assert each.endswith((".", "。")), each
        assert not each.endswith(("..", "。。", ".。")), each
        assert not {"{", "}", "_"} & set(each.replace("art_", "")), each
        assert "  " not in each, each
        assert each.count("(") == each.count(")"), each
        assert each.count("（") == each.count("）"), each
