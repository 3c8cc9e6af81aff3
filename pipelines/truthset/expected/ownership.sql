select p.name, p.share, o.name as owns from person p join organisation o on o.id = p.owns order by p.id
