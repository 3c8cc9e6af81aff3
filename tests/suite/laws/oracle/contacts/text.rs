//! Texts of the family `contacts`. What they mean is told, by hand, in `contacts.rs`.

use super::Flavour;

const HEAD: &str = "pipeline contacts { country DE }\n";

const ATTRIBUTES: &str = "entity customer {
  number text
  name   text
  phone  text many
  born   date
  level  number
";

const ATTRIBUTES_FORMAT: &str = "entity customer {
  number text | upper
  name   text | lower
  phone  text many
  born   date
  level  number
";

const MATCH: &str = "  match {
    exact number
    fuzzy near {
      block   prefix(name, 2) | year(born) & suffix(phone, 2) at most 5
      compare edits(name) <= 1 & (same(born) | not edits(phone) <= 2)
    }
    exact phone & born at most 2
    model \"customer.model.json\" accept 0.95 review 0.5 {
      block   prefix(name, 1) | phone at most 4
      compare name by (same(name), edits(name) <= 1)
      compare phone by (same(phone))
      compare born by (same(born), same(year(born)))
    }
    never differ(level)
  }
";

const MATCH_RULES: &str = "  match {
    model \"customer.model.json\" accept 0.95 review 0.5 {
      block   prefix(name, 1) | phone at most 4
      compare name by (same(name), edits(name) <= 1)
      compare phone by (same(phone))
      compare born by (same(born), same(year(born)))
    }
    fuzzy close {
      block   suffix(name, 2) | phone at most 3
      compare not same(level) & same(year(born)) | edits(phone) <= 1 & same(prefix(name, 3))
    }
    fuzzy mistyped {
      block   name & born at most 2
      compare edits(number) <= 1
    }
    exact number strong
";

const MATCH_SHOP: &str = "    never same_source(shop)
";

const MATCH_RULES_END: &str = "    never looser(0.4)
  }
";

const GOLDEN: &str = "  golden { precedence crm }
}
";

const GOLDEN_GOLDEN: &str = "  golden {
    latest
    name longest
  }
}
";

const CRM: &str = "source crm {
  read csv(\"crm/*.csv\")
  key  id

  customer { number = code, name = nick, phone = [tel, tel2], born = birth, level = tier }
}
";

const CRM_MAPPING: &str = "source crm {
  read csv(\"crm/*.csv\")
  key  id

  customer { number = code, name = nick, phone = tel2, born = birth, level = tier }
}
";

const SHOP: &str = "source shop {
  read    csv(\"shop/*.csv\")
  mode    changes
  key     id
  updated at
  delete  op = 'D'

  customer { number = code, name = nick, phone = tel, born = birth, level = tier }
}
";

const SHOP_MAPPING: &str = "source shop {
  read   csv(\"shop/*.csv\")
  mode   changes
  key    id
  delete op = 'D'

  customer { number = code, name = nick, phone = tel, born = birth, level = tier }
}
";

/// Source and text, in order; the source is empty for what belongs to none.
pub(in super::super) fn texts(flavour: Flavour) -> Vec<(&'static str, &'static str)> {
    let attributes = if flavour == Flavour::Format { ATTRIBUTES_FORMAT } else { ATTRIBUTES };
    let [matching, of_shop, end] = if flavour == Flavour::Rules { [MATCH_RULES, MATCH_SHOP, MATCH_RULES_END] } else { [MATCH, "", ""] };
    let golden = if flavour == Flavour::Golden { GOLDEN_GOLDEN } else { GOLDEN };
    let [crm, shop] = if flavour == Flavour::Mapping { [CRM_MAPPING, SHOP_MAPPING] } else { [CRM, SHOP] };
    [("", HEAD), ("", attributes), ("", matching), ("shop", of_shop), ("", end), ("", golden), ("crm", crm), ("shop", shop)].into()
}
