select array_to_string(array_agg(source || ':' || key order by source, key), ' ') as records from members.member group by id order by 1
