//! The tree as a short text: one line an entry, expressions with the operator first, so that binding shows.

use std::fmt::Write;

use c360_syntax::ast::*;

pub(crate) fn file(file: &File) -> String {
    file.items.iter().map(item).collect()
}

fn item(item: &Item) -> String {
    match item {
        Item::Pipeline(p) => {
            let country = p.country.as_ref().map(|name| &name.text);
            format!("pipeline {} state={:?} country={country:?} owner={:?}\n", p.name.text, value(&p.state), value(&p.owner))
        }
        Item::Use(usage) => format!("use {:?}\n", usage.path.value),
        Item::Format(format) => format!("format {} = {}\n", format.name.text, stages(&format.stages)),
        Item::Entity(own) => entity(own),
        Item::Source(own) => source(own),
        Item::Publish(p) => {
            let of = p.of.as_ref().map(|of| format!("({})", of.text)).unwrap_or_default();
            format!("publish {}{of} to {}({})\n", p.what.text, p.format.text, arguments(&p.arguments))
        }
        Item::Overrides(own) => format!("overrides {:?}\n", own.place.value),
        Item::Later(later) => format!("later {} {:?}\n", later.keyword.text, later.name.as_ref().map(|name| &name.text)),
    }
}

fn value(text: &Option<Text>) -> Option<&str> {
    text.as_ref().map(|text| text.value.as_str())
}

fn entity(entity: &Entity) -> String {
    let mut text = format!("entity {} {:?}\n", entity.name.text, value(&entity.doc));
    for attribute in &entity.attributes {
        let kind = match &attribute.kind {
            AttributeKind::Value(pipe) => stages(pipe),
            AttributeKind::Reference(name) => format!("-> {}", name.text),
        };
        let many = if attribute.many.is_some() { " many" } else { "" };
        let pii = if attribute.pii.is_some() { " pii" } else { "" };
        writeln!(text, "  {}: {kind}{many}{pii}", attribute.name.text).expect("a String takes all");
    }
    for entry in entity.matching.iter().flat_map(|own| &own.entries) {
        writeln!(text, "  match {}", rule(entry)).expect("a String takes all");
    }
    for (strategy, _) in entity.golden.iter().flat_map(|golden| &golden.default) {
        writeln!(text, "  golden * {strategy}", strategy = self::strategy(strategy)).expect("a String takes all");
    }
    for (own, strategy, _) in entity.golden.iter().flat_map(|golden| &golden.attributes) {
        writeln!(text, "  golden {} {}", path(own), self::strategy(strategy)).expect("a String takes all");
    }
    text
}

fn rule(entry: &MatchEntry) -> String {
    match entry {
        MatchEntry::Exact(rule) => {
            let terms: Vec<String> = rule.terms.iter().map(path).collect();
            let strong = if rule.strong.is_some() { " strong" } else { "" };
            let limit = rule.at_most.map(|(limit, _)| format!(" at most {limit}")).unwrap_or_default();
            format!("exact {}{strong}{limit}", terms.join(" & "))
        }
        MatchEntry::NeverDiffer { path: own, .. } => format!("never differ {}", path(own)),
        MatchEntry::NeverSameSource { source, .. } => format!("never same_source {}", source.text),
        MatchEntry::NeverLarger { most: (most, _), .. } => format!("never larger {most}"),
        MatchEntry::NeverLooser { least: (least, _), .. } => format!("never looser {least}"),
        MatchEntry::Ignore { path: own, values, .. } => {
            format!("ignore {} {:?}", path(own), values.iter().map(|value| &value.value).collect::<Vec<_>>())
        }
        MatchEntry::Fuzzy(rule) => {
            let compare = rule.compare.as_ref().map(expr).unwrap_or_default();
            format!("fuzzy {}{} compare {compare}", rule.name.text, block(&rule.block))
        }
        MatchEntry::Model(rule) => {
            let [accept, review] = [&rule.accept, &rule.review].map(|bound| bound.map(|(bound, _)| bound));
            let comparisons: String = rule.comparisons.iter().map(comparison).collect();
            format!("model {:?} accept={accept:?} review={review:?}{}{comparisons}", rule.file.value, block(&rule.block))
        }
    }
}

fn block(block: &Option<Block>) -> String {
    let Some(block) = block else { return String::new() };
    let limit = block.at_most.map(|(limit, _)| format!(" at most {limit}")).unwrap_or_default();
    format!(" block {}{limit}", expr(&block.alternatives))
}

fn comparison(comparison: &Comparison) -> String {
    format!(" compare {} by [{}]", path(&comparison.path), list(&comparison.levels))
}

fn strategy(strategy: &Strategy) -> String {
    match strategy {
        Strategy::Precedence(sources) => format!("precedence {}", names(sources, " > ")),
        Strategy::Only(source) => format!("only {}", source.text),
        Strategy::FirstOf(list) => format!("first of [{}]", list.iter().map(|(own, _)| self::strategy(own)).collect::<Vec<_>>().join(", ")),
        Strategy::Unknown(name, list) => format!("unknown {}({})", name.text, arguments(list)),
        other => format!("{other:?}"),
    }
}

fn source(source: &Source) -> String {
    let mut text = format!("source {} {:?}\n", source.name.text, value(&source.doc));
    if let Some(read) = &source.read {
        writeln!(text, "  read {}({})", read.format.text, arguments(&read.arguments)).expect("a String takes all");
    }
    if let Some(mode) = &source.mode {
        writeln!(text, "  mode {}", mode.text).expect("a String takes all");
    }
    writeln!(text, "  key [{}]", list(&source.key)).expect("a String takes all");
    for (word, value) in [("updated", &source.updated), ("delete", &source.delete), ("where", &source.filter)] {
        if let Some(value) = value {
            writeln!(text, "  {word} {}", expr(value)).expect("a String takes all");
        }
    }
    for mapping in &source.mappings {
        writeln!(text, "  {}", mapping.entity.text).expect("a String takes all");
        for entry in &mapping.entries {
            writeln!(text, "    {}", mapping_entry(entry)).expect("a String takes all");
        }
    }
    text
}

fn mapping_entry(entry: &MappingEntry) -> String {
    match entry {
        MappingEntry::Is(key) => format!("is {}[{}]", key.source.text, list(&key.key)),
        MappingEntry::Assign { target, value: MappingValue::Expr(value), .. } => format!("{} = {}", target.text, expr(value)),
        MappingEntry::Assign { target, value: MappingValue::Lookup { entity, attribute, value, .. }, .. } => {
            format!("{} = the {} with {} = {}", target.text, entity.text, path(attribute), expr(value))
        }
    }
}

fn path(path: &AttributePath) -> String {
    format!("{}{}", path.attribute.text, path.part.as_ref().map(|part| format!(".{}", part.text)).unwrap_or_default())
}

fn names(names: &[Name], between: &str) -> String {
    names.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(between)
}

fn stages(stages: &[Stage]) -> String {
    let stage = |stage: &Stage| match stage.arguments.as_slice() {
        [] => stage.name.text.clone(),
        list => format!("{}({})", stage.name.text, arguments(list)),
    };
    stages.iter().map(stage).collect::<Vec<_>>().join(" | ")
}

fn arguments(list: &[Argument]) -> String {
    let argument = |argument: &Argument| match &argument.name {
        Some(name) => format!("{}: {}", name.text, expr(&argument.value)),
        None => expr(&argument.value),
    };
    list.iter().map(argument).collect::<Vec<_>>().join(", ")
}

fn list(list: &[Expr]) -> String {
    list.iter().map(expr).collect::<Vec<_>>().join(", ")
}

pub(crate) fn expr(own: &Expr) -> String {
    let not = |negated: &bool| if *negated { "not-" } else { "" };
    match &own.kind {
        ExprKind::Path(path) => names(path, "."),
        ExprKind::Text(text) => format!("{text:?}"),
        ExprKind::Number(number) => number.clone(),
        ExprKind::Bool(value) => value.to_string(),
        ExprKind::Null => "null".into(),
        ExprKind::Call { function, arguments: list } => format!("{}({})", function.text, arguments(list)),
        ExprKind::Unary { operator, operand } => format!("({operator:?} {})", expr(operand)),
        ExprKind::Binary { operator, left, right } => format!("({operator:?} {} {})", expr(left), expr(right)),
        ExprKind::IsNull { operand, negated } => format!("({}null? {})", not(negated), expr(operand)),
        ExprKind::In { operand, list: values, negated } => format!("({}in {} [{}])", not(negated), expr(operand), list(values)),
        ExprKind::Between { operand, low, high, negated } => {
            format!("({}between {} {} {})", not(negated), expr(operand), expr(low), expr(high))
        }
        ExprKind::Case { branches, otherwise } => {
            let branches: Vec<String> = branches.iter().map(|(when, then)| format!("{} => {}", expr(when), expr(then))).collect();
            format!("(case {} else {})", branches.join(", "), otherwise.as_ref().map_or("null".into(), |value| expr(value)))
        }
        ExprKind::List(values) => format!("[{}]", list(values)),
    }
}
