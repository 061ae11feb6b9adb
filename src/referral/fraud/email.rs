//! Mail addresses in the one form in which two of the same mailbox are equal.

use super::name::small;
use crate::base::Host;

/// Where everybody can have an address: two who share such a domain share nothing. The largest providers by country; whoever knows
/// more gives a list (see [`super::Lists`]).
const PUBLIC: &str = " gmail.com icloud.com me.com mac.com aol.com msn.com proton.me protonmail.com pm.me tutanota.com fastmail.com \
    hey.com zoho.com mail.com web.de t-online.de freenet.de mail.ru yandex.ru yandex.com ya.ru bk.ru list.ru inbox.ru rambler.ru \
    ukr.net qq.com foxmail.com 163.com 126.com yeah.net sina.com sina.cn sohu.com 139.com 189.cn aliyun.com naver.com daum.net \
    hanmail.net docomo.ne.jp ezweb.ne.jp softbank.ne.jp orange.fr free.fr laposte.net wanadoo.fr sfr.fr libero.it virgilio.it \
    tiscali.it wp.pl o2.pl onet.pl interia.pl seznam.cz comcast.net verizon.net att.net btinternet.com bigpond.com rediffmail.com \
    uol.com.br bol.com.br terra.com.br ";

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
        let narrow: String = text.trim().chars().map(narrow).collect();
        let (local, domain) = narrow.rsplit_once('@')?;
        let domain = ascii_domain(domain, host)?;
        let domain = if domain == "googlemail.com" { "gmail.com".into() } else { domain };
        let small = small(local, host);
        let untagged = small.split_once('+').map_or(small.as_str(), |(before, _)| before);
        let local = if untagged.is_empty() { small.as_str() } else { untagged };
        let local = if domain == "gmail.com" { local.replace('.', "") } else { local.into() };
        let is_one = !local.is_empty() && domain.contains('.') && !local.contains(char::is_whitespace);
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
        let family = domain.split('.').next().unwrap_or("");
        FAMILIES.contains(&family) || PUBLIC.contains(&[" ", domain, " "].concat())
    }

    /// Whether a list has the domain, or one that it is part of: whoever gives addresses away often does so below any name.
    pub fn is_listed(&self, has: &dyn Fn(&str) -> bool) -> bool {
        let mut domain = self.domain.as_str();
        while let Some((_, above)) = domain.split_once('.') {
            if has(domain) {
                return true;
            }
            domain = above;
        }
        false
    }
}

/// Full-width signs of ASCII are 0xFEE0 behind the plain ones (Unicode, Halfwidth and Fullwidth Forms); both ideographic full stops
/// part labels as a dot does (UTS #46).
fn narrow(letter: char) -> char {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(letter as u32 - 0xfee0).unwrap_or(letter),
        '\u{3002}' | '\u{ff61}' => '.',
        _ => letter,
    }
}

/// Only other scripts need the host, which takes a thousand times as long.
fn ascii_domain(domain: &str, host: &dyn Host) -> Option<String> {
    let domain = domain.trim_end_matches('.');
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    if domain.bytes().all(is_plain) {
        return Some(domain.to_ascii_lowercase());
    }
    if domain.contains(|letter: char| letter.is_ascii() && !is_plain(letter as u8)) {
        return None;
    }
    let address = host.resolve_url(&["http://", domain].concat(), "http://localhost")?;
    Some(address.strip_prefix("http://")?.split('/').next()?.into())
}
