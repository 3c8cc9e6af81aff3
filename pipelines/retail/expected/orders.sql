select o.number, o.at, o.total, o.status, coalesce(c.company, c.name['last'], c.email[1]) as buyer from "order" o left join customer c on c.id = o.buyer order by 1 limit 12
