select rule, reason, left_key, right_key, value, records from refused order by 1, 2, 3, 4
