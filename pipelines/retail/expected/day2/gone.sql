select number from customer where number in ('1014') union all select number from account where number in ('77020', '77001') order by 1
