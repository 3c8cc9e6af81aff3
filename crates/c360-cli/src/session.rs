//! What verbs over a state share: the pipeline, its store, an engine, a commit.

use crate::arguments::{Arguments, At, Target};
use crate::exit;
use crate::output;
use crate::project::Project;
use c360_model::model::{EntityId, Model};
use c360_run::commit::{self, Commit};
use c360_run::engine::LocalEngine;
use c360_run::store::{Location, Store};
use c360_run::{Error, Kind, look};
use chrono::{DateTime, NaiveDate, Utc};

/// A checked pipeline with its state.
pub(crate) struct Session {
    pub(crate) project: Project,
    pub(crate) store: Store,
}

impl Session {
    /// Opens pipeline and state; the exit code where that fails, after it was said why.
    pub(crate) fn open(target: &Target) -> Result<Session, u8> {
        let project = match Project::open(&target.pipeline) {
            Ok(project) => project,
            Err(error) => {
                output::failure(&error.0);
                return Err(exit::USAGE);
            }
        };
        let model = project.checked()?;
        let store = store(target, model, &project).map_err(|error| output::error(&project.texts, &error))?;
        Ok(Session { project, store })
    }

    pub(crate) fn model(&self) -> &Model {
        self.project.model.as_ref().expect("a session opens only with a checked pipeline")
    }

    /// Says what went wrong and gives the exit code.
    pub(crate) fn fail(&self, error: &Error) -> u8 {
        output::error(&self.project.texts, error)
    }

    /// The commit to look at.
    pub(crate) async fn commit(&self, at: &At) -> Result<Commit, Error> {
        match &at.at {
            None => self.newest().await,
            Some(text) => self.commit_named(text).await,
        }
    }

    /// The newest commit.
    pub(crate) async fn newest(&self) -> Result<Commit, Error> {
        let none =
            || Error::new(Kind::FixConfiguration, format!("there is no commit in `{}` yet; `c360 run` makes one", self.store.name()));
        Ok(commit::head(&self.store).await?.ok_or_else(none)?.commit)
    }

    /// The commit that `42`, `@42`, a date or a moment names. A date means all of that day.
    pub(crate) async fn commit_named(&self, text: &str) -> Result<Commit, Error> {
        if let Ok(number) = text.trim_start_matches('@').parse() {
            return commit::at(&self.store, number).await;
        }
        let day = text.parse::<NaiveDate>().ok().and_then(|date| date.and_hms_opt(23, 59, 59)).map(|end| end.and_utc());
        let moment = day.or_else(|| DateTime::parse_from_rfc3339(text).ok().map(|moment| moment.with_timezone(&Utc)));
        let Some(moment) = moment else {
            let message = format!(
                "no commit is called `{text}`: write its number (42 or @42), a date (2026-10-01) or a moment (2026-10-01T06:00:00Z)"
            );
            return Err(Error::new(Kind::FixConfiguration, message));
        };
        look::commit_at(&self.store, moment).await
    }

    /// An engine without a memory limit: for looks, which are small.
    pub(crate) fn engine(&self, arguments: &Arguments) -> Result<LocalEngine, Error> {
        LocalEngine::try_new(arguments.threads(), None, &self.store)
    }

    /// The entity of this name.
    pub(crate) fn entity(&self, name: &str) -> Result<EntityId, Error> {
        let model = self.model();
        if let Some(index) = model.entities.iter().position(|entity| entity.name == name) {
            return Ok(EntityId(index));
        }
        let names = model.entities.iter().map(|entity| entity.name.as_str());
        let hint = c360_syntax::suggest(name, names.clone())
            .map_or_else(|| format!("there are {}", names.collect::<Vec<_>>().join(", ")), |similar| format!("did you mean `{similar}`?"));
        Err(Error::new(Kind::FixConfiguration, format!("no entity `{name}` in pipeline `{}`; {hint}", model.name)))
    }
}

fn store(target: &Target, model: &Model, project: &Project) -> Result<Store, Error> {
    let location = match (&target.state, &model.state) {
        (Some(state), _) => Location::parse(state, std::path::Path::new("."))?,
        (None, Some((state, span))) => Location::parse(state, &project.folder).map_err(|error| error.at(*span))?,
        (None, None) => {
            let message =
                format!("the pipeline `{}` does not say where its state is; add `state \"..\"` to it or give --state", model.name);
            return Err(Error::new(Kind::FixConfiguration, message));
        }
    };
    Ok(Store::new(location))
}
