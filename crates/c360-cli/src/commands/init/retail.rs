//! The files of the retail template: those of `pipelines/retail`, so that there is one of each. Its expected results stay behind.

/// Path in the new project, and content.
pub(super) const FILES: &[(&str, &[u8])] = &[
    ("retail.c360", include_bytes!("../../../../../pipelines/retail/retail.c360")),
    ("formats.c360", include_bytes!("../../../../../pipelines/retail/formats.c360")),
    ("README.md", include_bytes!("../../../../../pipelines/retail/README.md")),
    (".gitignore", include_bytes!("../../../../../pipelines/retail/.gitignore")),
    ("data/billing.sql", include_bytes!("../../../../../pipelines/retail/data/billing.sql")),
    ("data/day2/billing/2026-03-01.parquet", include_bytes!("../../../../../pipelines/retail/data/day2/billing/2026-03-01.parquet")),
    ("data/day2/crm/kunden.csv", include_bytes!("../../../../../pipelines/retail/data/day2/crm/kunden.csv")),
    ("data/day2/service/devices.csv", include_bytes!("../../../../../pipelines/retail/data/day2/service/devices.csv")),
    ("data/day2/shop/2026-03-01.ndjson", include_bytes!("../../../../../pipelines/retail/data/day2/shop/2026-03-01.ndjson")),
    ("data/landing/billing/2026-02-28.parquet", include_bytes!("../../../../../pipelines/retail/data/landing/billing/2026-02-28.parquet")),
    ("data/landing/crm/kunden.csv", include_bytes!("../../../../../pipelines/retail/data/landing/crm/kunden.csv")),
    ("data/landing/service/devices.csv", include_bytes!("../../../../../pipelines/retail/data/landing/service/devices.csv")),
    ("data/landing/shop/2026-02-28.ndjson", include_bytes!("../../../../../pipelines/retail/data/landing/shop/2026-02-28.ndjson")),
];
