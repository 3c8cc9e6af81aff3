select number, name, email, address['street'] as street, tier, records from customer where number in ('1001', '1009', '1010', '1011', '1015', '1090', '1110', '1117', '2999') order by number
