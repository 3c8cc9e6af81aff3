select "column", reason, count(*) as n from rejects group by 1, 2 order by 1, 2
