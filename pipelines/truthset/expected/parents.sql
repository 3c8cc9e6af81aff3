select c.name, p.name as parent, l.depth from links.organisation_parent l join organisation c on c.id = l.id join organisation p on p.id = l.target order by 1
