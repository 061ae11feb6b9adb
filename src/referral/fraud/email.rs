//! Mail addresses in the one form in which two of the same mailbox are equal.

use super::name::small;
use crate::base::{
    Host,
    text::cut,
    url::{Address, pieces},
};

/// Where everybody can have an address: two who share such a domain share nothing. The largest providers by country; whoever knows
/// more gives a list (see [`super::Lists`]).
const PUBLIC: &str = "gmail.com icloud.com me.com mac.com aol.com msn.com proton.me protonmail.com pm.me tutanota.com fastmail.com \
    hey.com zoho.com mail.com web.de t-online.de freenet.de mail.ru yandex.ru yandex.com ya.ru bk.ru list.ru inbox.ru rambler.ru \
    ukr.net qq.com foxmail.com 163.com 126.com yeah.net sina.com sina.cn sohu.com 139.com 189.cn aliyun.com naver.com daum.net \
    hanmail.net docomo.ne.jp ezweb.ne.jp softbank.ne.jp orange.fr free.fr laposte.net wanadoo.fr sfr.fr libero.it virgilio.it \
    tiscali.it wp.pl o2.pl onet.pl interia.pl seznam.cz comcast.net verizon.net att.net btinternet.com bigpond.com rediffmail.com \
    uol.com.br bol.com.br terra.com.br";

/// Providers with a domain in many countries, such as `yahoo.co.jp`.
const FAMILIES: [&str; 6] = ["gmx", "hotmail", "live", "outlook", "yahoo", "ymail"];

/// A mailbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email {
    /// What stands before the `@`.
    pub local: String,
    /// What stands behind it, in ASCII.
    pub domain: String,
}

impl Email {
    /// The mailbox of an address; `None` for what is none.
    ///
    /// Spaces around it go, and full-width signs (`ａ`, `＠`, `．`, `。`) become plain ones. The domain is the one that the URL
    /// standard makes of it: small letters, labels of other scripts in Punycode, without a last dot. The local part is in small letters,
    /// though RFC 5321 leaves their case to the server: no large provider tells them apart. Its `+tag` goes at every domain; at
    /// Gmail the dots do too, and `googlemail.com` is `gmail.com`. Other providers' ways of tagging (`-`, own domains) are not known
    /// here, so two addresses of one mailbox may still differ; equal ones are of one mailbox wherever `+` begins a tag.
    ///
    /// With a host, which knows other scripts' small letters and the URL standard: `Email::read(" An.N+x@GoogleMail.com", host)` is
    /// `ann@gmail.com`.
    pub fn read(text: &str, host: &dyn Host) -> Option<Email> {
        let narrow: String = text.chars().map(narrow).collect();
        let whole = narrow.trim_matches(' ');
        let at = whole.bytes().rposition(|byte| byte == b'@')?;
        let (local, domain) = (whole.get(..at)?, whole.get(at + 1..)?);
        let domain = ascii_domain(domain, host)?;
        let domain = if domain == "googlemail.com" { "gmail.com".into() } else { domain };
        let small = small(local, host);
        let (untagged, _) = cut(&small, b'+');
        let local = if untagged.is_empty() { small.as_str() } else { untagged };
        let is_gmail = domain == "gmail.com";
        let local: String = local.chars().filter(|letter| *letter != '.' || !is_gmail).collect();
        let is_one = !local.is_empty() && cut(&domain, b'.').1.is_some() && local.bytes().all(|byte| byte > b' ');
        is_one.then_some(Email { local, domain })
    }

    /// The whole address.
    pub fn address(&self) -> String {
        [&self.local, "@", &self.domain].concat()
    }

    /// The local part without its digits.
    pub fn stem(&self) -> String {
        self.local.chars().filter(|letter| !letter.is_ascii_digit()).collect()
    }

    /// Whether everybody can have an address at this domain, as far as the short list here knows.
    pub fn is_public(domain: &str) -> bool {
        FAMILIES.contains(&cut(domain, b'.').0) || pieces(Some(PUBLIC), b' ').any(|known| known == domain)
    }

    /// Whether a list has the domain, or one that it is part of: whoever gives addresses away often does so below any name.
    pub fn is_listed(&self, has: &dyn Fn(&str) -> bool) -> bool {
        let mut domain = self.domain.as_str();
        while let (_, Some(above)) = cut(domain, b'.') {
            if has(domain) {
                return true;
            }
            domain = above;
        }
        false
    }
}

/// Full-width signs of ASCII are 0xFEE0 behind the plain ones (Unicode, Halfwidth and Fullwidth Forms); both ideographic full stops
/// part labels as a dot does (UTS #46). Spaces of all kinds are spaces.
fn narrow(letter: char) -> char {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(letter as u32 - 0xfee0).unwrap_or(letter),
        '\u{3002}' | '\u{ff61}' => '.',
        '\t' | '\n' | '\r' | '\u{a0}' | '\u{3000}' => ' ',
        _ => letter,
    }
}

/// Only other scripts need the host, which takes a thousand times as long.
fn ascii_domain(domain: &str, host: &dyn Host) -> Option<String> {
    let domain = domain.strip_suffix('.').unwrap_or(domain);
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    if domain.bytes().all(is_plain) {
        return Some(domain.to_ascii_lowercase());
    }
    if domain.bytes().any(|byte| byte.is_ascii() && !is_plain(byte)) {
        return None;
    }
    let address = host.resolve_url(&["http://", domain].concat(), "http://localhost")?;
    Some(Address::of(&address).host.into())
}
