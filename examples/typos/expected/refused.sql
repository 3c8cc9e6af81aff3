select rule, reason, left_source, left_key, right_source, right_key, value, records from refused order by rule, reason, left_source, left_key, right_source, right_key, value
