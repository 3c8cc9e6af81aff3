select rule, reason, count(*) as n from refused group by 1, 2 order by 1, 2
