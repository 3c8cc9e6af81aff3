select name, address, phone, agency, website, records, sources from site order by records desc, name limit 12
