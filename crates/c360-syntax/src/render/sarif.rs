//! SARIF 2.1.0 (OASIS standard, "Static Analysis Results Interchange Format"), as code hosts and editors read it.

use serde_json::{Value, json};

use super::severity;
use crate::{Diagnostic, Sources, Span, codes};

/// One SARIF log with one run: all codes as rules, all diagnostics as results, suggestions as fixes. Indented, with a line break.
///
/// `version` is that of the tool.
pub fn sarif(sources: &Sources, diagnostics: &[Diagnostic], version: &str) -> String {
    let rules: Vec<Value> = codes::all().map(rule).collect();
    let results: Vec<Value> = diagnostics.iter().map(|diagnostic| result(sources, diagnostic)).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "c360", "semanticVersion": version, "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn rule(code: &codes::Code) -> Value {
    json!({
        "id": code.id,
        "shortDescription": { "text": code.title },
        "defaultConfiguration": { "level": severity(code.severity) },
    })
}

fn result(sources: &Sources, diagnostic: &Diagnostic) -> Value {
    let text = match &diagnostic.help {
        Some(help) => format!("{}; {help}", diagnostic.message),
        None => diagnostic.message.clone(),
    };
    let mut result = json!({
        "ruleId": diagnostic.code.id,
        "ruleIndex": codes::all().position(|code| code == diagnostic.code),
        "level": severity(diagnostic.code.severity),
        "message": { "text": text },
        "locations": [location(sources, diagnostic.span, &diagnostic.label)],
    });
    if !diagnostic.related.is_empty() {
        let related = diagnostic.related.iter().enumerate();
        result["relatedLocations"] = related.map(|(id, (span, text))| with_id(location(sources, *span, text), id)).collect();
    }
    if let Some((span, replacement)) = &diagnostic.suggestion {
        result["fixes"] = json!([fix(sources, *span, replacement, diagnostic.help.as_deref())]);
    }
    result
}

fn with_id(mut location: Value, id: usize) -> Value {
    location["id"] = json!(id);
    location
}

fn location(sources: &Sources, span: Span, text: &str) -> Value {
    let mut location = json!({
        "physicalLocation": { "artifactLocation": artifact(sources, span), "region": region(sources, span) },
    });
    if !text.is_empty() {
        location["message"] = json!({ "text": text });
    }
    location
}

fn fix(sources: &Sources, span: Span, replacement: &str, help: Option<&str>) -> Value {
    json!({
        "description": { "text": help.unwrap_or("replace it") },
        "artifactChanges": [{
            "artifactLocation": artifact(sources, span),
            "replacements": [{ "deletedRegion": region(sources, span), "insertedContent": { "text": replacement } }],
        }],
    })
}

fn artifact(sources: &Sources, span: Span) -> Value {
    json!({ "uri": uri(sources.name(span.file)) })
}

fn region(sources: &Sources, span: Span) -> Value {
    let (start, end) = (sources.position(span.file, span.start), sources.position(span.file, span.end));
    json!({ "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column })
}

/// A path as a URI reference (RFC 3986): separators stay, all that is not unreserved is percent-encoded.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            b'\\' => uri.push('/'),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}
