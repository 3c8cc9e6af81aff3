select number, status, at from "order" where number in ('S-5012', 'S-5020', 'S-5022') order by 1
