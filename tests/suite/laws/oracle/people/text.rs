//! Texts of the family `people`. What they mean is told, by hand, in `people.rs`.

use super::Flavour;

const HEAD: &str = "pipeline people { country DE }\n";

const ATTRIBUTES: &str = "entity customer {
  number text
  name   text
  email  text many
  born   date
  level  number
  parent -> customer
";

const ATTRIBUTES_FORMAT: &str = "entity customer {
  number text | upper
  name   text
  email  text | lower many
  born   date
  level  text
  parent -> customer
";

const MATCH: &str = "  match {
    exact number strong
    exact email at most 3
    exact name & born
    never differ(born)
";

const MATCH_WEB: &str = "    never same_source(web)
";

const MATCH_END: &str = "  }
";

const MATCH_RULES: &str = "  match {
    exact email at most 2
    exact name & email
    exact number at most 3
    exact name & born & level
    never same_source(crm)
    never differ(number)
";

const GOLDEN: &str = "  golden {
    precedence crm
    name  latest
    born  most frequent
    level max
  }
}
";

const GOLDEN_GOLDEN: &str = "  golden {
    latest
    number most frequent
    name   longest
    born   first of (only crm, earliest)
    level  min
    parent most frequent
  }
}
";

const GOLDEN_FORMAT: &str = "  golden {
    precedence crm
    name  shortest
    email most frequent
    born  min
    level max
  }
}
";

const WEB: &str = "source web {
  read  csv(\"web/*.csv\")
  mode  append
  key   id
  where state = 'on'

  customer { is crm(ref), name = name, email = mail, born = born }
}
";

const WEB_MAPPING: &str = "source web {
  read  csv(\"web/*.csv\")
  mode  append
  key   id
  where state = 'off'

  customer { name = name, email = mail }
}
";

const SHOP: &str = "source shop {
  read    csv(\"shop/*.csv\")
  mode    changes
  key     id
  updated at
  delete  op = 'D'

  customer { number = no, name = name, email = mail, born = born, level = level }
}
";

const SHOP_MAPPING: &str = "source shop {
  read   csv(\"shop/*.csv\")
  mode   changes
  key    id
  delete op = 'D'

  customer { is crm(ref), number = no, email = mail, born = born, level = level }
}
";

const CRM: &str = "source crm {
  read    csv(\"crm/*.csv\")
  key     id
  updated at

  customer { number = no, name = name, email = [mail, mail2], born = born, level = level, parent = crm(up) }
}
";

const CRM_MAPPING: &str = "source crm {
  read csv(\"crm/*.csv\")
  key  id

  customer { number = no, name = name, email = mail2, born = born, level = level, parent = customer where number = boss }
}
";

/// Source and text, in order; the source is empty for what belongs to none.
pub(in super::super) fn texts(flavour: Flavour) -> Vec<(&'static str, &'static str)> {
    let attributes = if flavour == Flavour::Format { ATTRIBUTES_FORMAT } else { ATTRIBUTES };
    let [matching, of_web] = if flavour == Flavour::Rules { [MATCH_RULES, ""] } else { [MATCH, MATCH_WEB] };
    let golden = match flavour {
        Flavour::Golden => GOLDEN_GOLDEN,
        Flavour::Format => GOLDEN_FORMAT,
        Flavour::Base | Flavour::Rules | Flavour::Mapping => GOLDEN,
    };
    let [web, shop, crm] = if flavour == Flavour::Mapping { [WEB_MAPPING, SHOP_MAPPING, CRM_MAPPING] } else { [WEB, SHOP, CRM] };
    let matching = [("", matching), ("web", of_web), ("", MATCH_END)];
    let sources = [("web", web), ("shop", shop), ("crm", crm)];
    [("", HEAD), ("", attributes)].into_iter().chain(matching).chain([("", golden)]).chain(sources).collect()
}
