//! `c360 doctor`: whether the state can be used.

use crate::arguments::{Arguments, Doctor, Output};
use crate::exit;
use crate::output;
use crate::session::Session;
use c360_run::care;
use serde_json::json;

pub(super) async fn doctor(command: &Doctor, arguments: &Arguments) -> u8 {
    let session = match Session::open(&command.target) {
        Ok(session) => session,
        Err(code) => return code,
    };
    let findings = care::doctor(&session.store, &uuid::Uuid::now_v7().to_string()).await;
    let well = findings.iter().all(|finding| finding.result.is_ok());
    if arguments.output == Output::Json {
        let finding = |f: &care::Finding| match &f.result {
            Ok(text) => json!({ "what": f.what, "ok": true, "text": text }),
            Err(text) => json!({ "what": f.what, "ok": false, "text": text }),
        };
        output::print_json("doctor", json!({ "ok": well, "findings": findings.iter().map(finding).collect::<Vec<_>>() }));
    } else {
        for finding in &findings {
            match &finding.result {
                Ok(text) => output::println!("ok    {:<16} {text}", finding.what),
                Err(text) => output::println!("BAD   {:<16} {text}", finding.what),
            }
        }
    }
    if well { exit::FINE } else { exit::FAILED }
}
