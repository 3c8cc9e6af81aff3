select p.name, count(*) as programs, count(distinct p.site) as sites from program p group by 1 order by 2 desc, 1
