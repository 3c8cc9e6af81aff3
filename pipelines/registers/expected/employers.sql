select name, address, records from employer order by records desc, id limit 10
