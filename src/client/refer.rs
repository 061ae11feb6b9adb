//! The visitor in the referral program: the links they followed, who is credited, and the code they pass on.
//!
//! On sites with a program, and on those alone: all of this is code that the page loads when its definition has one. Where it is
//! not there, each of these functions does nothing, and returns zeros: none may return what is more than a number.

use super::{Client, Site};
use crate::{
    base::{
        Time,
        json::{Document, Json, Section, Writer},
        time::MINUTE,
    },
    error::Error,
    event::Kind,
    referral::{
        Program,
        link::Advocate,
        touch::{Touch, Touches},
    },
    tracking::consent::Consent,
};
use alloc::{boxed::Box, string::String, vec::Vec};

/// A program, and what is known of the visitor in it.
#[derive(Default)]
pub struct Referral {
    program: Program,
    /// Its definition: the section `referral`.
    pub(super) definition: Document,
    touches: Touches,
    /// Who was credited when the visitor signed up, or converted: that stays.
    bound: Touch,
    /// Words that no code may have, separated by spaces.
    blocked: String,
    /// The user for whom the code was settled last: where codes follow the user, another one gets another code.
    made_for: String,
    /// Whether a server told the code: it is then that user's, whoever makes the program's other codes.
    is_told: bool,
    /// Whether the site's cookie was read, or must not be: it may speak of a visitor who was forgotten.
    is_known: bool,
    /// The address that was there when a visitor was forgotten: it says nothing of the next one.
    passed: String,
    /// The touch that was taken last.
    latest: Touch,
}

/// What may be asked of a program.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Asked {
    /// What the visitor is in it, JSON: `{"program","code","link","incoming","bound","invites","touches"}`.
    Standing,
    /// An address with the visitor's code, tagged for a channel where one is named.
    Link,
    /// The short link to the site of an address, such as `https://example.com/r/ABCD2345`.
    Short,
    /// An address without the code that it carries.
    Clean,
    /// A code as the program writes it, of what somebody typed; nothing where that is none.
    Code,
    /// Where an address that came from outside leads, if the program's links may lead there; nothing else.
    Target,
}

impl Site {
    /// Reads the program, where the definition has one.
    #[inline(never)]
    pub(super) fn referral(document: Result<Document, Error>, problems: &mut Vec<Error>) -> Option<Box<Referral>> {
        let mut referral = Box::<Referral>::default();
        referral.definition = Section::document(document, "$.referral", problems);
        let Referral { definition, program, .. } = &mut *referral;
        program.read(Section::new(definition.root(), "$.referral", problems));
        Some(referral)
    }
}

impl Client {
    /// Takes what was stored of the links that the visitor followed.
    #[inline(never)]
    pub(super) fn restore_touches(&mut self, now: Time) {
        let written = self.object(&self.visitor.referral);
        if let Some(referral) = &mut self.referral {
            if referral.blocked.is_empty() {
                referral.blocked = self.page.arrival_text("blocked").into();
            }
            referral.touches.read(written.get("touches"));
            // Two tabs that bound the visitor at once agree on the earlier touch.
            let mut bound = Touches([referral.bound.clone()].into_iter().filter(Touch::is_referral).collect());
            bound.read(written.get("bound"));
            referral.bound = bound.0.into_iter().next().unwrap_or_default();
        }
        self.credit(now);
    }

    /// Takes what another tab learned of them. It hears of them in return only where it knows less.
    #[inline(never)]
    pub(super) fn follow_touches(&mut self, now: Time) {
        let (heard, changed) = (self.visitor.referral.clone(), self.changed);
        self.restore_touches(now);
        self.remember_touches();
        self.changed = changed || self.visitor.referral != heard;
    }

    /// Another visitor begins.
    #[inline(never)]
    pub(super) fn forget_touches(&mut self) {
        if let Some(referral) = &mut self.referral {
            referral.touches = Touches::default();
            referral.bound = Touch::default();
            referral.is_known = true;
        }
    }

    /// The visitor is forgotten, and with them who sent them: the present address is theirs.
    #[inline(never)]
    pub(super) fn pass_over_address(&mut self) {
        if let Some(referral) = &mut self.referral {
            referral.passed = self.page.url().into();
        }
    }

    /// Brings up to date who is credited: whoever the visitor is bound to, else whose touch counts now.
    #[inline(never)]
    pub(super) fn credit(&mut self, now: Time) {
        let Some(referral) = &self.referral else { return };
        let Referral { program, touches, bound, .. } = &**referral;
        let own = &self.visitor.code;
        let is_bound = bound.is_referral() && bound.code != *own;
        let credited = if is_bound { Some(bound) } else { program.attribution.credit(touches, now, own) };
        let code = credited.map_or("", |touch| &touch.code);
        if self.visitor.incoming != code {
            self.visitor.incoming = code.into();
        }
    }

    /// Takes what led the visitor to the present address; whether that was a friend's link. Their own is none, and programs
    /// follow no links.
    #[inline(never)]
    pub(super) fn take_link(&mut self, now: Time) -> bool {
        if self.is_program || self.consent.analytics() == Consent::Denied {
            return false;
        }
        let led = self.take_earlier(now);
        let touch = self.present_touch(now);
        // A server's cookie tells of the arrival that it answered.
        let begun = self.visitor.session.started;
        let since = if led || begun > now { now.plus(-MINUTE).min(begun) } else { begun };
        let Some(referral) = &mut self.referral else { return false };
        let is_referral = touch.is_referral();
        let is_news = (is_referral || self.touched_at == now && !self.visitor.session.source.is_direct())
            && referral.touches.take(touch.clone(), since);
        if is_news {
            referral.latest = touch;
        }
        if is_news || led {
            self.remember_touches();
            self.identified(now);
            self.credit(now);
        }
        is_news && is_referral
    }

    /// What a cookie of the site remembers, see `www/harness/referral.js`; whether any of it is news.
    fn take_earlier(&mut self, now: Time) -> bool {
        let mut earlier = Touches::default();
        earlier.read(self.page.arrival("touches"));
        let Some(referral) = &mut self.referral else { return false };
        let Referral { program, touches, is_known, .. } = &mut **referral;
        let mut is_news = false;
        if core::mem::replace(is_known, true) || program.signed.required {
            return false;
        }
        for Touch { mut time, code, nonce } in earlier.0 {
            let Some(code) = program.normalise(&code).filter(|code| *code != self.visitor.code) else { continue };
            // A cookie that does not say when, or says a time to come, speaks of a link that is new here, if it is.
            if time == Time(0) || time > now {
                time = touches.0.iter().find(|touch| touch.code == code).map_or(now, |touch| touch.time);
            }
            is_news |= touches.take(Touch { time, code, nonce }, Time(i64::MAX));
        }
        is_news
    }

    /// What the present address says. A link that has to be signed counts where its signature was found to be right.
    fn present_touch(&self, now: Time) -> Touch {
        let Some(Referral { program, passed, .. }) = self.referral.as_deref() else { return Touch::default() };
        let said = |name| self.page.arrival("signed").and_then(|signed| signed.get_string(name)).unwrap_or("");
        let signed = program.normalise(said("code"));
        let nonce = if signed.is_some() { said("nonce") } else { "" };
        let code = program.incoming(self.page.url());
        let code = if program.signed.required { signed.unwrap_or_default() } else { signed.unwrap_or(code) };
        if code == self.visitor.code || *passed == self.page.url() {
            return Touch { time: now, ..Touch::default() };
        }
        Touch { time: now, code, nonce: nonce.into() }
    }

    /// Takes a code that the visitor typed, as if they had come with it.
    #[inline(never)]
    pub(super) fn take_code(&mut self, typed: &str, now: Time) {
        let Some(referral) = &mut self.referral else { return };
        let code = referral.program.typed(typed).filter(|code| *code != self.visitor.code);
        let since = self.visitor.session.started;
        let allowed = !self.is_program && self.consent.analytics() != Consent::Denied;
        let touch = code.filter(|_| allowed).map(|code| Touch { time: now, code, nonce: String::new() });
        if let Some(touch) = touch.filter(|touch| referral.touches.take(touch.clone(), since)) {
            referral.latest = touch;
            self.remember_touches();
            self.identified(now);
            self.credit(now);
            self.tell_touch(true, now);
        }
    }

    fn remember_touches(&mut self) {
        let Some(Referral { touches, bound, .. }) = self.referral.as_deref() else { return };
        let mut out = Writer::begin('{');
        touches.write(out.key("touches"));
        if bound.is_referral() {
            Touches([bound.clone()].into()).write(out.key("bound"));
        }
        self.visitor.referral = out.end('}');
        self.changed = true;
    }

    /// Tells that a friend's link led here.
    #[inline(never)]
    pub(super) fn tell_touch(&mut self, captured: bool, now: Time) {
        let Some(referral) = self.referral.as_deref().filter(|_| captured) else { return };
        let mut properties = Writer::begin('{');
        let Touch { code, nonce, .. } = &referral.latest;
        properties.member("code", code);
        for (name, text) in [("program", &referral.program.id), ("nonce", nonce)] {
            if !text.is_empty() {
                properties.member(name, text);
            }
        }
        if referral.touches.followed(nonce) > 1 {
            properties.flag("replayed", true);
        }
        self.record(Kind::Track, "Referral Captured", &properties.end('}'), now);
    }

    /// An event was recorded: where it is one that binds, whoever is credited now stays so for good.
    #[inline(never)]
    pub(super) fn bind(&mut self, event: &str, now: Time) {
        let Some(referral) = &mut self.referral else { return };
        let Referral { program, touches, bound, .. } = &mut **referral;
        let own = &self.visitor.code;
        if bound.is_referral() && bound.code != *own || !program.attribution.binds.iter().any(|binding| binding == event) {
            return;
        }
        if let Some(credited) = program.attribution.credit(touches, now, own) {
            *bound = credited.clone();
            self.remember_touches();
            self.identified(now);
        }
    }

    /// Where there is a program, every visitor who allows it has a code: one that the site's server gave as the trait
    /// `referral_code`, or one that is made here.
    #[inline(never)]
    pub(super) fn make_advocate(&mut self) {
        let is_settled = !self.changed && !self.visitor.code.is_empty();
        // A code that is stored nowhere is another one on the next page: whoever had it would bring friends to nobody.
        if is_settled || !self.stores() || self.is_program {
            return;
        }
        let given = self.trait_text("referral_code");
        let Some(Referral { program, blocked, made_for, is_told, .. }) = self.referral.as_deref_mut() else { return };
        let user = &self.visitor.user_id;
        let is_due = self.visitor.code.is_empty() || (program.follows_user() || *is_told) && made_for != user;
        let given = program.normalise(&given);
        let is_given = given.is_some();
        let code = match given {
            Some(given) => given,
            None if is_due => program.make_code(user, blocked, &*self.host),
            None => return,
        };
        made_for.clone_from(user);
        *is_told = is_given;
        if self.visitor.code != code {
            self.visitor.code = code;
            self.changed = true;
        }
    }

    /// Whether the visitor may be asked to pass a link on: whoever meets the program's condition.
    fn may_invite(&self, definition: &Document) -> bool {
        let condition = definition.get("invite").and_then(|invite| invite.get("when"));
        condition.is_none_or(|condition| self.context_of_visitor().holds(condition))
    }

    /// A trait of the visitor that is a text, without spaces around it; empty where there is none.
    fn trait_text(&self, name: &str) -> String {
        self.object(&self.visitor.traits).get(name).and_then(Json::string).unwrap_or("").trim_ascii().into()
    }

    /// What the site's server signed for this visitor's code; empty where links are not signed. A token beside another code would make
    /// links that speak for two.
    fn own_token(&self, program: &Program) -> String {
        if !program.signed.is_some() {
            return String::new();
        }
        let given = self.trait_text("referral_code");
        let is_own = program.normalise(&given).is_some_and(|given| given == self.visitor.code);
        if is_own { self.trait_text("referral_token") } else { String::new() }
    }

    /// What is asked; see [`Asked`]. `text` is an address, and becomes the answer.
    #[inline(never)]
    pub(super) fn refer(&self, asked: Asked, channel: &str, text: &mut String) {
        let Some(referral) = self.referral.as_deref() else { return };
        let program = &referral.program;
        let advocate = Advocate { code: &self.visitor.code, token: &self.own_token(program) };
        *text = match asked {
            Asked::Standing => self.standing_json(referral, advocate),
            Asked::Code if self.consent.analytics() == Consent::Denied => String::new(),
            Asked::Code => program.typed(text).unwrap_or_default(),
            Asked::Target => program.guard(text, self.page.address(), &*self.host).unwrap_or_default(),
            Asked::Clean => program.without(text),
            _ if advocate.code.is_empty() => return,
            Asked::Link => program.link(text, advocate, channel),
            Asked::Short if program.links.path.is_empty() => program.link(text, advocate, ""),
            Asked::Short => match self.host.resolve_url(text, self.page.address()) {
                Some(whole) => program.short_link(&whole, advocate),
                None => return,
            },
        };
    }

    /// `{"program","code","link","incoming","bound","invites","touches":[{"time","code","nonce"}]}`.
    fn standing_json(&self, referral: &Referral, advocate: Advocate<'_>) -> String {
        let Referral { program, definition, touches, bound, .. } = referral;
        let Advocate { code, token } = advocate;
        let link = if code.is_empty() { String::new() } else { program.link(self.page.url(), advocate, "") };
        let counts = !code.is_empty() && (!program.signed.required || !token.is_empty());
        let mut out = Writer::begin('{');
        out.filled("program", &program.id).filled("code", code).filled("link", &link);
        out.filled("incoming", &self.visitor.incoming).flag("bound", bound.is_referral());
        out.flag("invites", counts && self.may_invite(definition)).key("touches").open('[');
        for Touch { time, code, nonce } in &touches.0 {
            out.open('{').member("time", &time.iso8601()).filled("code", code).filled("nonce", nonce).close('}');
        }
        out.close(']');
        out.end('}')
    }
}
