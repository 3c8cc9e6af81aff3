select source, key, "column", raw, reason from rejects order by 1, 2, 3
