"""Numbers and dates as a language writes them, by Unicode's CLDR. Knows no texts.

Babel is imported when the first number is written: a terminal that shows none need not wait.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Formats:
    """Writes as `locale` does, which is one of CLDR: `de`, `en_GB`."""

    locale: str

    def language_name(self) -> str:
        """`English`, as the language itself calls it."""
        from babel import Locale

        return Locale.parse(self.locale).language_name or self.locale

    def number(self, value: int) -> str:
        """`1,234`."""
        from babel.numbers import format_decimal

        return format_decimal(value, locale=self.locale)

    def decimal(self, value: float, digits: int, *, signed: bool = False) -> str:
        """`0.25`, `+0.25` where it is signed; always so many digits behind the point."""
        from babel.numbers import format_decimal

        rounded = Decimal(f"{value:.{digits}f}")
        form = "#,##0" + ("." + "0" * digits if digits else "")
        return format_decimal(rounded, f"+{form};-{form}" if signed else form, self.locale)

    def percent(self, share: float) -> str:
        """`57%`, of a share in [0, 1]."""
        from babel.numbers import format_percent

        return format_percent(Decimal(f"{share:.2f}"), locale=self.locale)

    def day(self, day: date) -> str:
        """`3 March 2026`."""
        from babel.dates import format_date

        return format_date(day, "long", self.locale)

    def name_of_weekday(self, number: int) -> str:
        """`Monday`, of 0, to `Sunday`, of 6."""
        from babel.dates import get_day_names

        return str(get_day_names("wide", locale=self.locale)[number])

    def weekday(self, day: date) -> str:
        """`Tuesday, 3 March 2026`."""
        from babel.dates import format_date

        return format_date(day, "full", self.locale)
