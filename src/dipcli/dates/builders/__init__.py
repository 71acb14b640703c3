"""From a rule's match to what the words mean: one builder a rule, and what makes it refuse."""

from __future__ import annotations

from collections.abc import Callable

from dipcli.dates.builders import days, months, relative, years
from dipcli.dates.found import Built, Found

BUILDERS: dict[str, Callable[[Found], Built]] = {
    "iso": days.iso,
    "numeric": days.numeric,
    "iso_month": days.iso_month,
    "list_date": days.list_date,
    "list_month": days.list_month,
    "recurring": lambda found: [],
    "day_of_which": days.day_of_which,
    "day_in_words": days.day_in_words,
    "day_month": days.days,
    "month_day": days.days,
    "months_of_year": months.months_of_year,
    "month_of_year": months.month_of_year,
    "months": months.months_bare,
    "which_month": months.which_month,
    "season_of_year": months.season,
    "which_season": months.which_season,
    "season": months.season,
    "years_part": months.years_part,
    "quarter": months.quarter,
    "period": months.period,
    "half": months.half,
    "fiscal": months.fiscal,
    "weekday_last": relative.weekday_last,
    "weekday": relative.weekday,
    "today": relative.today,
    "day_before": relative.day_before,
    "night_before": relative.night_before,
    "daytime": relative.daytime,
    "in_the_unit": relative.in_the_unit,
    "end_of_the_unit": relative.end_of_the_unit,
    "year_end": relative.year_end,
    "which_unit": relative.which_unit,
    "same_unit": relative.a_year_apart,
    "year_ago_unit": relative.a_year_apart,
    "same_again": relative.same_again,
    "the_which_unit": relative.the_which_unit,
    "count": relative.count,
    "the_unit_before": relative.the_unit_before,
    "in_count": relative.in_count,
    "decade": years.decade,
    "years": years.years,
    "year": years.year,
    "month": months.month,
    "day_of_month": days.day_of_month,
    "holiday": days.holiday,
}
