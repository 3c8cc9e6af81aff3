select a.number, a.iban, a."limit", a.opened, coalesce(c.company, c.name['last']) as owner from account a left join customer c on c.id = a.owner order by 1 limit 12
