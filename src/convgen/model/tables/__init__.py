"""Tables from data: rows, columns, groups, totals, all exact. No printing here."""
