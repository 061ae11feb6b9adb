//! Which features and experiments of a payload are asked for, by what their metadata says.

use crate::base::json::{Json, children};

/// What to keep, and what to leave out: lists of projects and tags, and of values of custom fields.
#[derive(Clone, Copy)]
pub struct Filters<'f> {
    /// Each of these must be met.
    pub include: Option<Json<'f>>,
    /// None of these may be met.
    pub exclude: Option<Json<'f>>,
}

impl Filters<'_> {
    /// Whether a feature or an experiment is asked for.
    pub fn select(&self, definition: Json<'_>) -> bool {
        let metadata = definition.get("metadata");
        self.in_project(definition) && includes_tags_and_fields(self.include, metadata) && !excludes(self.exclude, metadata)
    }

    /// Whether it belongs to a project that is asked for; without such a filter everything does.
    pub fn in_project(&self, definition: Json<'_>) -> bool {
        let metadata = definition.get("metadata");
        self.projects().is_none_or(|projects| in_all_projects(metadata) || hits(member(metadata, "projects"), projects))
    }

    /// Whether a rule of a feature that belongs to one of these projects is for others only.
    pub fn is_elsewhere(&self, rule: Json<'_>) -> bool {
        let own = member(rule.get("metadata"), "projects");
        own.is_some() && self.projects().is_some_and(|projects| !hits(own, projects))
    }

    fn projects(&self) -> Option<Json<'_>> {
        member(self.include, "projects")
    }
}

fn includes_tags_and_fields(include: Option<Json<'_>>, metadata: Option<Json<'_>>) -> bool {
    let fields = member(metadata, "customFields");
    member(include, "tags").is_none_or(|tags| hits(member(metadata, "tags"), tags))
        && children(member(include, "customFields")).all(|asked| hits(member(fields, asked.name()), asked))
}

/// What is in all projects is excluded by none.
fn excludes(exclude: Option<Json<'_>>, metadata: Option<Json<'_>>) -> bool {
    let fields = member(metadata, "customFields");
    let named = |name| member(exclude, name).is_some_and(|list| hits(member(metadata, name), list));
    named("projects") && !in_all_projects(metadata)
        || named("tags")
        || children(member(exclude, "customFields")).any(|list| hits(member(fields, list.name()), list))
}

fn in_all_projects(metadata: Option<Json<'_>>) -> bool {
    member(metadata, "allProjects").is_some_and(Json::truthy)
}

/// Whether a value, or one of the values of a list, is on the other list.
fn hits(value: Option<Json<'_>>, list: Json<'_>) -> bool {
    let listed = |value: Json<'_>| list.is_list() && list.children().any(|asked| asked.is_same(value));
    value.is_some_and(|value| if value.is_list() { value.children().any(listed) } else { listed(value) })
}

fn member<'d>(object: Option<Json<'d>>, name: &str) -> Option<Json<'d>> {
    object?.get(name)
}
