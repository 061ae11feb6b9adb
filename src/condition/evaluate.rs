//! Evaluating conditions and the tests in them.

use super::{Context, Truth, among, compare};
use crate::base::json::{Children, Json};
use core::ops::Not;

impl Context<'_> {
    /// Whether a condition surely holds.
    pub fn holds(&self, condition: Json<'_>) -> bool {
        self.evaluate(condition) == Truth::Yes
    }

    /// The three-valued outcome of a condition that was checked: all its entries must hold.
    pub fn evaluate(&self, condition: Json<'_>) -> Truth {
        all(condition.children(), |entry| match entry.name() {
            "$and" => all(entry.children(), |part| self.evaluate(part)),
            "$or" => self.any_or_empty(entry),
            "$nor" => !self.any_or_empty(entry),
            "$not" => !self.evaluate(entry),
            "$savedGroup" => Truth::Unknown,
            path => self.test(entry, self.attribute(path)),
        })
    }

    /// An empty list of alternatives holds.
    fn any_or_empty(&self, list: Json<'_>) -> Truth {
        if list.children().next().is_none() { Truth::Yes } else { any(list.children(), |part| self.evaluate(part)) }
    }

    /// An object whose names all start with `$` (the empty one too) is a set of operators, anything else a value
    /// to be equal to.
    fn test(&self, test: Json<'_>, value: Option<Json<'_>>) -> Truth {
        if is_operators(test) {
            return all(test.children(), |operator| self.operate(operator, value));
        }
        Truth::from(value.map_or(test.is_null(), |value| value.equals(test)))
    }

    fn operate(&self, operator: Json<'_>, value: Option<Json<'_>>) -> Truth {
        Truth::from(match operator.name() {
            "$eq" => compare::same(value, operator),
            "$ne" => !compare::same(value, operator),
            "$lt" => compare::ordered(value, operator).is_some_and(|order| order.is_lt()),
            "$lte" => compare::ordered(value, operator).is_some_and(|order| order.is_le()),
            "$gt" => compare::ordered(value, operator).is_some_and(|order| order.is_gt()),
            "$gte" => compare::ordered(value, operator).is_some_and(|order| order.is_ge()),
            "$veq" => self.versions(value, operator).is_some_and(|order| order.is_eq()),
            "$vne" => !self.versions(value, operator).is_some_and(|order| order.is_eq()),
            "$vlt" => self.versions(value, operator).is_some_and(|order| order.is_lt()),
            "$vlte" => self.versions(value, operator).is_some_and(|order| order.is_le()),
            "$vgt" => self.versions(value, operator).is_some_and(|order| order.is_gt()),
            "$vgte" => self.versions(value, operator).is_some_and(|order| order.is_ge()),
            "$exists" => value.is_some() == operator.truthy(),
            "$in" => operator.is_list() && among(value, operator),
            "$nin" => operator.is_list() && !among(value, operator),
            "$inGroup" => return self.in_group(value, operator).unwrap_or(Truth::No),
            "$notInGroup" => return self.in_group(value, operator).map_or(Truth::No, Truth::not),
            "$regex" => self.matches(value, operator).unwrap_or(false),
            "$elemMatch" => return self.element(operator, value),
            "$not" => return !self.test(operator, value),
            "$and" | "$or" | "$nor" | "$savedGroup" => false,
            _ => return Truth::Unknown,
        })
    }

    /// A group that is not there has no members. `None` for a group that lists nobody because it is no list: then
    /// nobody is in it, and nobody is known to be outside.
    fn in_group(&self, value: Option<Json<'_>>, id: Json<'_>) -> Option<Truth> {
        let Some(group) = self.groups.group(id.string().unwrap_or("")) else { return Some(Truth::No) };
        let members = if group.is_list() { Some(group) } else { group.get("values").filter(|values| values.is_list()) };
        match (group.get_string("type"), members) {
            (None | Some("list"), Some(members)) => Some(Truth::from(among(value, members))),
            (None | Some("list" | "condition" | "remote"), _) => None,
            _ => Some(Truth::Unknown),
        }
    }

    fn matches(&self, value: Option<Json<'_>>, pattern: Json<'_>) -> Option<bool> {
        Some(self.host.matches(pattern.string()?, value?.string()?))
    }

    /// `null` elements are passed over; `0`, `""` and `false` are not. Operators test the element itself, unless
    /// one of them joins conditions; then, and for any other object, the element stands for the attributes.
    fn element(&self, test: Json<'_>, list: Option<Json<'_>>) -> Truth {
        let Some(list) = list.filter(|list| list.is_list() && test.is_object()) else { return Truth::No };
        let joins = test.children().any(|operator| matches!(operator.name(), "$and" | "$or" | "$nor" | "$savedGroup"));
        let itself = is_operators(test) && !joins;
        any(list.children(), |item| match item.is_null() {
            true => Truth::No,
            false if itself => self.test(test, Some(item)),
            false => Context { attributes: [Some(item), None, None], ..*self }.evaluate(test),
        })
    }
}

fn is_operators(test: Json<'_>) -> bool {
    test.is_object() && test.children().all(|member| member.name().starts_with('$'))
}

/// The lowest outcome decides.
fn all(parts: Children<'_>, mut evaluate: impl FnMut(Json<'_>) -> Truth) -> Truth {
    let mut outcome = Truth::Yes;
    for part in parts {
        match evaluate(part) {
            Truth::No => return Truth::No,
            Truth::Unknown => outcome = Truth::Unknown,
            Truth::Yes => {}
        }
    }
    outcome
}

/// The highest outcome decides.
fn any(parts: Children<'_>, mut evaluate: impl FnMut(Json<'_>) -> Truth) -> Truth {
    !all(parts, |part| !evaluate(part))
}

impl Not for Truth {
    type Output = Truth;

    fn not(self) -> Truth {
        match self {
            Truth::No => Truth::Yes,
            Truth::Unknown => Truth::Unknown,
            Truth::Yes => Truth::No,
        }
    }
}

impl From<bool> for Truth {
    fn from(sure: bool) -> Truth {
        if sure { Truth::Yes } else { Truth::No }
    }
}
