select name, born, social_no, address, records from person order by records desc, id limit 10
