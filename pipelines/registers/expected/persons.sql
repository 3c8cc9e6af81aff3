select name, born, sex, records, sources from person order by records desc, id limit 10
