select p.name, o.name as works_for from person p join organisation o on o.id = p.works_for order by p.id
