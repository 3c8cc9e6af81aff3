//! The files of the retail template: those of `pipelines/retail`, so that there is one of each.

/// Path in the new project, and content.
pub(super) const FILES: &[(&str, &str)] = &[];
