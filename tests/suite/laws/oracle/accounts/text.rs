//! Texts of the family `accounts`. What they mean is told, by hand, in `accounts.rs`.

use super::Flavour;

const HEAD: &str = "pipeline accounts { country DE }\n";

const CUSTOMER: &str = "entity customer {
  number text
  email  text many
  match  { exact number, exact email at most 2 }
  golden { precedence billing }
}
";

const CUSTOMER_RULES: &str = "entity customer {
  number text
  email  text many
  match  { exact number strong, exact email }
  golden { precedence billing }
}
";

const CUSTOMER_FORMAT: &str = "entity customer {
  number text | upper
  email  text | lower many
  match  { exact number, exact email at most 2 }
  golden { precedence billing }
}
";

const ACCOUNT: &str = "entity account {
  number text
  kind   text
  opened date
  amount number
  owner  -> customer
";

const ACCOUNT_FORMAT: &str = "entity account {
  number text
  kind   text | lower
  opened date
  amount text
  owner  -> customer
";

const MATCH: &str = "  match {
    exact number
    exact owner & kind
    fuzzy same_day {
      block   owner at most 3
      compare not same(number) & same(opened)
    }
    never differ(kind)
  }
";

const MATCH_RULES: &str = "  match {
    fuzzy alike {
      block   owner | number at most 3
      compare same(owner) & edits(kind) <= 1
    }
    exact owner & kind at most 2
    exact number & opened
    never differ(amount)
    never same_source(billing)
  }
";

const GOLDEN: &str = "  golden {
    precedence billing
    opened min
    amount most frequent
  }
}
";

const GOLDEN_GOLDEN: &str = "  golden {
    latest
    kind   longest
    opened max
    amount max
    owner  most frequent
  }
}
";

const CRM: &str = "source crm {
  read csv(\"crm/*.csv\")
  key  id

  customer { number = no, email = [mail, mail2] }
}
";

const BILLING: &str = "source billing {
  read    csv(\"billing/*.csv\")
  mode    changes
  key     id
  updated at
  delete  op = 'D'

  customer { number = no, email = mail }
  account  { number = acct, kind = kind, opened = opened, owner = customer }
}
";

const BILLING_MAPPING: &str = "source billing {
  read    csv(\"billing/*.csv\")
  mode    changes
  key     id
  updated at
  delete  op = 'D'

  customer { is crm(cust), email = mail }
  account  { number = acct, kind = kind, opened = opened, owner = customer where number = no }
}
";

const LEDGER: &str = "source ledger {
  read csv(\"ledger/*.csv\")
  mode append
  key  id

  account { number = acct, kind = kind, amount = amount, owner = crm(cust) }
}
";

const LEDGER_MAPPING: &str = "source ledger {
  read csv(\"ledger/*.csv\")
  mode append
  key  id

  account { number = acct, amount = amount, owner = billing(bill) }
}
";

const DESK: &str = "source desk {
  read  csv(\"desk/*.csv\")
  key   id
  where state = 'on'

  account { number = acct, kind = kind, opened = opened, amount = amount, owner = customer where email = mail }
}
";

const DESK_MAPPING: &str = "source desk {
  read csv(\"desk/*.csv\")
  key  id

  account { kind = kind, opened = opened, amount = amount, owner = customer where email = mail }
}
";

/// Source and text, in order; the source is empty for what belongs to none.
pub(in super::super) fn texts(flavour: Flavour) -> Vec<(&'static str, &'static str)> {
    let [customer, account] = match flavour {
        Flavour::Rules => [CUSTOMER_RULES, ACCOUNT],
        Flavour::Format => [CUSTOMER_FORMAT, ACCOUNT_FORMAT],
        Flavour::Base | Flavour::Golden | Flavour::Mapping => [CUSTOMER, ACCOUNT],
    };
    let matching = if flavour == Flavour::Rules { MATCH_RULES } else { MATCH };
    let golden = if flavour == Flavour::Golden { GOLDEN_GOLDEN } else { GOLDEN };
    let sources = match flavour {
        Flavour::Mapping => [CRM, BILLING_MAPPING, LEDGER_MAPPING, DESK_MAPPING],
        _ => [CRM, BILLING, LEDGER, DESK],
    };
    let head = [HEAD, customer, account, matching, golden].map(|text| ("", text));
    head.into_iter().chain(["crm", "billing", "ledger", "desk"].into_iter().zip(sources)).collect()
}
