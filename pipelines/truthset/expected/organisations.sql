select name, tax_no, lei, phone, address, records from organisation order by id
