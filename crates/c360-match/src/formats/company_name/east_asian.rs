//! Legal forms in scripts that put no spaces between words: taken out as text, before words are read.

/// Longest first, so that no form leaves a part of a longer one.
const FORMS: [&str; 40] = [
    // China, Taiwan, Hong Kong, Macao
    "股份有限责任公司",
    "股份有限公司",
    "有限责任公司",
    "有限責任公司",
    "集团有限公司",
    "集團有限公司",
    "无限责任公司",
    "有限合伙企业",
    "个人独资企业",
    "(有限合伙)",
    "（有限合伙）",
    "(普通合伙)",
    "（普通合伙）",
    "有限公司",
    "股份公司",
    // Japan
    "特定非営利活動法人",
    "一般社団法人",
    "一般財団法人",
    "公益社団法人",
    "公益財団法人",
    "特例有限会社",
    "株式会社",
    "株式會社",
    "有限会社",
    "合同会社",
    "合資会社",
    "合名会社",
    "(株)",
    "(有)",
    "㈱",
    "㈲",
    // Korea
    "주식회사",
    "유한회사",
    "유한책임회사",
    "(주)",
    "(유)",
    "㈜",
    // Thailand
    "(มหาชน)",
    "จำกัด",
    "บริษัท",
];

/// Each form has one of these.
const SIGNS: [char; 12] = ['司', '企', '社', '法', '회', '(', '（', '㈱', '㈲', '㈜', 'จ', 'บ'];

/// Appends `name` without legal forms of these scripts. Where nothing else would be left, appends it as it is.
pub(super) fn push_without_forms(name: &str, out: &mut String) {
    let start = out.len();
    out.push_str(name);
    // Letters of most other scripts are of two bytes.
    if !name.bytes().any(|byte| byte >= 0xe0) || !name.contains(SIGNS) {
        return;
    }
    for form in FORMS {
        while let Some(at) = out[start..].find(form) {
            out.replace_range(start + at..start + at + form.len(), " ");
        }
    }
    if !out[start..].contains(char::is_alphanumeric) {
        out.truncate(start);
        out.push_str(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_has_a_sign() {
        assert!(FORMS.iter().all(|form| form.contains(SIGNS)));
    }
}
