select source, "column", reason, count(*) as n from rejects group by 1, 2, 3 order by 1, 2, 3
