select name, nickname, company, address, consent, points, since, seen, channel from customer where number in ('1001', '1005', '1007', '1018', '2001', '2004') order by number
