select name, born, email, phone, watched, records from person where records > 2 order by id
