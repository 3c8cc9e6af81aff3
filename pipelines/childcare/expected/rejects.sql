select source, row, "column", raw, reason from rejects order by 1, 2
