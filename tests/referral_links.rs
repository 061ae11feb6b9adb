//! Links: a code in, the code out, and nothing else changed; codes read on arrival.
//!
//! The oracle for addresses is the crate `url`, an implementation of the URL standard that shares no line with ours.
//! `tests/page/links-oracle.test.mjs` asks browsers the same.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

mod support;

use privateer::{
    base::json::{Document, Section},
    error::Error,
    referral::{Program, code::Codes, link::Advocate},
};
use serde_json::{Value, json};
use support::host::Native;
use url::Url;

/// Valid codes: all their digits are 0, and so is the weighted sum.
const CODE: &str = "2222";
const OTHER: &str = "222222";
const ADVOCATE: Advocate<'_> = Advocate { code: CODE, token: "" };

fn read(section: Value) -> (Program, Vec<Error>) {
    let host = Native::seeded(1);
    let mut problems = Vec::new();
    let document = Document::read(&json!({ "referral": section }).to_string(), u32::MAX, &host).unwrap();
    let mut program = Program::default();
    program.read(Section::of(document.root(), "$.referral", &mut problems));
    (program, problems)
}

fn program(section: Value) -> Program {
    let (program, problems) = read(section);
    assert_eq!(problems, [], "a program without mistakes");
    program
}

mod writing {
    use super::*;

    /// Worked by hand from the sentence at `Program::link`.
    #[test]
    fn a_code_takes_the_place_of_all_codes() {
        let program = program(json!({ "parameter": "ref", "aliases": ["via"] }));
        for (address, link) in [
            ("https://example.com", "https://example.com?ref=2222"),
            ("https://example.com/#top", "https://example.com/?ref=2222#top"),
            ("https://example.com/?", "https://example.com/?&ref=2222"),
            ("https://example.com/?a=%zz&a=+#?ref=x", "https://example.com/?a=%zz&a=+&ref=2222#?ref=x"),
            ("https://bücher.example/?ü=ü", "https://bücher.example/?ü=ü&ref=2222"),
            ("https://xn--bcher-kva.example/", "https://xn--bcher-kva.example/?ref=2222"),
            ("HTTPS://EXAMPLE.COM:443/a/../b?x", "HTTPS://EXAMPLE.COM:443/a/../b?x&ref=2222"),
            ("?ref=222222&a=1&ref=&ref", "?ref=2222&a=1"),
            ("?a=1&r%65f=old&b=2", "?a=1&ref=2222&b=2"),
            ("?via=222222&a=1&ref=222222", "?ref=2222&a=1"),
            ("?via=train&a=1", "?via=train&a=1&ref=2222"),
            ("?refs=1&xref=2&REF=3", "?refs=1&xref=2&REF=3&ref=2222"),
            (" /a?b \n", " /a?b&ref=2222"),
            ("", "?ref=2222"),
        ] {
            assert_eq!(program.link(address, ADVOCATE, ""), link, "{address}");
        }
    }

    #[test]
    fn a_channel_tags_what_has_no_tags() {
        let program = program(json!({ "program": "Nachbarn & Co" }));
        let tags = "utm_source=line&utm_medium=social&utm_campaign=Nachbarn%20%26%20Co";
        for (address, channel, link) in [
            ("/a", "line", format!("/a?ref=2222&{tags}")),
            ("/a?utm_medium=qr#b", "line", "/a?utm_medium=qr&ref=2222&utm_source=line&utm_campaign=Nachbarn%20%26%20Co#b".into()),
            ("/a?utm_source=news&x", "line", "/a?utm_source=news&x&ref=2222".into()),
            ("/a?utm_source=", "line", "/a?utm_source=&ref=2222".into()),
            ("/a?utm%5fsource=1", "line", "/a?utm%5fsource=1&ref=2222".into()),
            // A friend passes on what they came by: the campaign is the program's, and its tags tell the new channel.
            (
                "/a?ref=222222&utm_source=sms&utm_medium=sms&utm_campaign=Nachbarn+%26+Co&b",
                "line",
                format!("/a?ref=2222&{tags}&b"),
            ),
            ("/a", "", "/a?ref=2222".into()),
            (
                "/a",
                "Kühl & schön",
                "/a?ref=2222&utm_source=K%C3%BChl%20%26%20sch%C3%B6n&utm_medium=referral&utm_campaign=Nachbarn%20%26%20Co".into(),
            ),
        ] {
            let made = program.link(address, ADVOCATE, channel);
            assert_eq!(made, link, "{address}");
            assert_eq!(program.link(&made, ADVOCATE, channel), made, "{address}: once more changes nothing");
        }
        let nameless = self::program(json!({}));
        assert_eq!(nameless.link("/a", ADVOCATE, "line"), "/a?ref=2222&utm_source=line&utm_medium=social");
    }

    #[test]
    fn a_short_link_stands_at_the_origin() {
        let program = program(json!({ "path": "/r/" }));
        for (address, link) in [
            ("https://example.com/a/b?c#d", "https://example.com/r/2222"),
            ("http://me@bücher.example:81", "http://bücher.example:81/r/2222"),
            ("https://[::1]:8080/?a=/", "https://[::1]:8080/r/2222"),
        ] {
            assert_eq!(program.short_link(address, ADVOCATE), link);
            assert_eq!(program.incoming(link), CODE);
        }
        let long = self::program(json!({}));
        assert_eq!(long.short_link("https://example.com/a?b", ADVOCATE), "https://example.com/a?b&ref=2222");
    }

    #[test]
    fn an_advocates_own_token_goes_with_their_code_where_links_may_be_signed() {
        let signed = program(json!({ "path": "/r/", "signed": { "keys": [{ "kid": "1", "x": "A".repeat(43) }] } }));
        let advocate = Advocate { token: "a.b-c._", ..ADVOCATE };
        for (address, link) in [
            ("/a#b", "/a?ref=2222&ref_token=a.b-c._#b"),
            ("/a?ref_token=d.e.f&ref=222222", "/a?ref=2222&ref_token=a.b-c._"),
            ("/r/222222", "/r/2222?ref_token=a.b-c._"),
            ("https://example.com/r/222222/", "https://example.com/r/2222/?ref_token=a.b-c._"),
            ("https://example.com/r%2F222222", "https://example.com/r%2F222222?ref=2222&ref_token=a.b-c._"),
        ] {
            assert_eq!(signed.link(address, advocate, ""), link, "{address}");
            assert_eq!(signed.link(link, advocate, ""), link, "{address}: once more changes nothing");
        }
        assert_eq!(signed.short_link("https://example.com/a", advocate), "https://example.com/r/2222?ref_token=a.b-c._");
        assert_eq!(signed.link("/a?ref_token=d.e.f", ADVOCATE, ""), "/a?ref=2222", "who has none passes nobody's on");
        assert_eq!(program(json!({ "path": "/r/" })).link("/a", advocate, ""), "/a?ref=2222", "nobody would read it");
    }

    #[test]
    fn an_address_is_cleaned_of_codes_and_of_nothing_else() {
        let program = program(json!({ "path": "/r/" }));
        for (address, clean) in [
            ("/a?ref=2222", "/a"),
            ("/a?ref=2222#b", "/a#b"),
            ("/a?x=%zz&ref=22-22&utm_source=sms&y=+", "/a?x=%zz&utm_source=sms&y=+"),
            ("/a?via=222222&ref=2222&ref=2222", "/a"),
            ("/a?ref=producthunt&via=2222", "/a?ref=producthunt"),
            ("/a?via=train&r=2222", "/a?via=train&r=2222"),
            ("/r/2222", "/r/2222"),
            ("/a?", "/a?"),
            ("/a?ref=#", "/a?ref=#"),
        ] {
            assert_eq!(program.without(address), clean, "{address}");
        }
    }
}

mod channels {
    use privateer::referral::link::medium;

    /// Google's list of social sources, see `tests/data/channels/SOURCES.md`.
    fn social_sources() -> Vec<String> {
        let list = include_str!("data/channels/ga4_sources.txt");
        let social = list.split("[social]").nth(1).unwrap().split("\n[").next().unwrap();
        social.lines().filter(|line| !line.is_empty()).map(str::to_lowercase).collect()
    }

    /// The four rules of GA4's default channel group that matter here, in its order (support.google.com/analytics/answer/9756891):
    /// none of our tags has a campaign of shops, a paid medium, or a source of another list.
    fn group(source: &str, medium: &str) -> &'static str {
        let mail = ["email", "e-mail", "e_mail", "e mail"];
        let social = ["social", "social-network", "social-media", "sm", "social network", "social media"];
        if social_sources().iter().any(|known| known == source) || social.contains(&medium) {
            "Organic Social"
        } else if ["referral", "app", "link"].contains(&medium) {
            "Referral"
        } else if mail.contains(&source) || mail.contains(&medium) {
            "Email"
        } else if source == "sms" || medium == "sms" {
            "SMS"
        } else {
            "Unassigned"
        }
    }

    #[test]
    fn analytics_puts_every_channel_into_its_group() {
        for (channel, expected) in [
            ("whatsapp", "Organic Social"),
            ("x", "Organic Social"),
            ("facebook", "Organic Social"),
            ("linkedin", "Organic Social"),
            ("telegram", "Organic Social"),
            ("line", "Organic Social"),
            ("reddit", "Organic Social"),
            ("weibo", "Organic Social"),
            ("wechat", "Organic Social"),
            ("email", "Email"),
            ("sms", "SMS"),
            ("copy", "Referral"),
            ("qr", "Referral"),
            ("share", "Referral"),
            ("podcast", "Referral"),
            ("instagram", "Organic Social"),
        ] {
            assert_eq!(group(channel, medium(channel)), expected, "{channel}");
        }
    }

    /// Why the medium is not `referral` for all.
    #[test]
    fn one_medium_for_all_would_put_four_channels_elsewhere() {
        let elsewhere =
            ["whatsapp", "x", "facebook", "linkedin", "telegram", "line", "reddit", "weibo", "wechat", "email", "sms"]
                .into_iter()
                .filter(|channel| group(channel, "referral") == "Referral");
        assert_eq!(elsewhere.collect::<Vec<_>>(), ["x", "telegram", "email", "sms"]);
    }
}

mod arriving {
    use super::*;

    #[test]
    fn the_first_valid_code_counts() {
        let usual = json!({ "path": "/r/" });
        let own = json!({ "parameter": "via", "aliases": ["friend"], "path": "/für/" });
        let alone = json!({ "aliases": [] });
        for (settings, address, code) in [
            (&usual, "https://example.com/?ref=2222", CODE),
            (&usual, "https://example.com/?via=2222", CODE),
            (&usual, "https://example.com/?refcode=2222", CODE),
            (&usual, "https://example.com/?ucc=2222", CODE),
            (&usual, "https://example.com/?r=2222", ""),
            (&usual, "https://example.com/?via=222222&ref=2222", CODE),
            (&usual, "https://example.com/?ref=producthunt&via=2222", CODE),
            (&usual, "https://example.com/?ref=producthunt&ref=2222", CODE),
            (&usual, "https://example.com/?r%65f=%32222", CODE),
            (&usual, "https://example.com/?ref=222+2", CODE),
            (&usual, "https://example.com/?ref=2223", ""),
            (&usual, "https://example.com/#?ref=2222", ""),
            (&usual, "https://example.com/r/2222", CODE),
            (&usual, "https://example.com/r/2222/", CODE),
            (&usual, "https://example.com/shop/r/2222?a=b#c", CODE),
            (&usual, "https://example.com/%72/%32222", CODE),
            (&usual, "https://example.com/R/2222", CODE),
            (&usual, "https://example.com/r/2222?ref=222222", OTHER),
            (&usual, "https://example.com/r/", ""),
            (&usual, "https://example.com/r/2222/more", ""),
            (&usual, "https://example.com/r/2223", ""),
            (&usual, "https://example.com/2222", ""),
            (&usual, "https://example.com/our/2222", ""),
            (&usual, "https://r/2222", ""),
            (&usual, "https://example.com", ""),
            (&usual, "https://example.com/?to=/r/2222", ""),
            (&own, "https://example.com/?friend=222222&via=2222", CODE),
            (&own, "https://example.com/?friend=2222", CODE),
            (&own, "https://example.com/?ref=2222", ""),
            (&own, "https://example.com/f%C3%BCr/2222", CODE),
            (&alone, "https://example.com/?via=2222", ""),
            (&alone, "https://example.com/r/2222", ""),
        ] {
            assert_eq!(program(settings.clone()).incoming(address), code, "{address} for {settings}");
        }
    }

    #[test]
    fn the_usual_aliases_are_read_unless_others_are_named() {
        for (settings, parameters) in [
            (json!({}), &["ref", "via", "refcode", "ucc"][..]),
            (json!({ "parameter": "via" }), &["via", "ref", "refcode", "ucc"]),
            (json!({ "parameter": "via", "aliases": ["friend"] }), &["via", "friend"]),
            (json!({ "aliases": [] }), &["ref"]),
        ] {
            assert_eq!(program(settings).links.parameters, parameters);
        }
    }

    #[test]
    fn the_settings_of_links_are_read_kindly() {
        let (program, problems) = read(json!({
            "parameter": "a b", "aliases": ["", 1, "a/b", "friend"], "path": "r", "hosts": ["https://a.example", "*.b.example"],
            "clean_address": "yes"
        }));
        assert_eq!(program.links.parameters, ["ref", "friend"]);
        assert_eq!(program.links.path, "");
        assert_eq!(program.links.hosts, ["*.b.example"]);
        assert!(!program.links.cleans);
        let places: Vec<_> =
            problems.iter().map(|Error { code, path, .. }| (*code, path.strip_prefix("$.referral.").unwrap())).collect();
        let expected = ["parameter", "aliases", "aliases", "aliases", "path", "hosts", "clean_address"];
        assert_eq!(places, expected.map(|name| ("wrong-type", name)));
    }
}

mod oracle {
    use super::*;

    const ADDRESSES: usize = 100_000;

    /// Addresses as texts, good and odd ones, from a seed. `tests/page/links-oracle.test.mjs` has the same in JavaScript.
    struct Addresses(Native);

    impl Addresses {
        fn below(&self, most: usize) -> usize {
            (self.0.next() % most as u64) as usize
        }

        fn one<'t>(&self, texts: &[&'t str]) -> &'t str {
            texts[self.below(texts.len())]
        }

        fn address(&self) -> String {
            let scheme = self.one(&["http", "https", "https", "HTTPS"]);
            let user = self.one(&["", "", "", "", "me@", "me:p%40ss@", ":@"]);
            let host = self.one(&[
                "example.com",
                "EXAMPLE.com",
                "a.b.example.",
                "[2001:db8::1]",
                "[::ffff:192.0.2.1]",
                "127.0.0.1",
                "0x7f.1",
                "localhost",
                "bücher.example",
                "xn--bcher-kva.example",
                "例え.テスト",
                "xn--r8jz45g.xn--zckzah",
                "faß.example",
                "☃.example",
                "r",
            ]);
            let port = self.one(&["", "", "", ":", ":80", ":443", ":8080"]);
            let mut address = format!("{scheme}://{user}{host}{port}");
            for _ in 0..self.below(4) {
                address += self.one(&[
                    "/", "/a", "/r/2222", "/..", "/.", "/%2e%2E", "/é", "/%C3%A9", "/%zz", "/a;b=c", "/a+b", "/{}|", "/ ", "\\x",
                ]);
            }
            if self.below(4) > 0 {
                let pairs: Vec<_> = (0..self.below(6)).map(|_| self.pair()).collect();
                address += &format!("?{}", pairs.join("&"));
            }
            if self.below(3) == 0 {
                address += self.one(&["#", "#top", "#?ref=2222", "#/a?b=c&d", "##", "#a b", "#é%zz", "#ref=2222"]);
            }
            address
        }

        fn pair(&self) -> String {
            let name = self.one(&[
                "",
                "a",
                "a",
                "b",
                "é",
                "%C3%A9",
                "%zz",
                "%",
                "+",
                "a+b",
                "a[]",
                "%ff",
                "%EF%BB%BFref",
                "ref%00",
                "utm_source",
                "utm_medium",
                "utm_campaign",
                "ref",
                "r%65f",
                "refs",
                "REF",
                "via",
                "v%69a",
                "refcode",
                "?ref",
                ";ref",
            ]);
            let value = self.one(&[
                "",
                "=",
                "=",
                "=1",
                "=a+b",
                "=a%20b",
                "=%2B",
                "=%zz",
                "=%ff",
                "=%",
                "=é",
                "=a=b",
                "=?",
                "=/",
                "==",
                "=2222",
                "=222-222",
                "=2223",
                "='\"<>`",
                "=%26",
                "=\u{1f600}",
                "=\u{a0}",
            ]);
            [name, value].concat()
        }
    }

    type Pairs = Vec<(String, String)>;

    /// The parameters that are none of the program's, and those that are, in order.
    fn parted(address: &Url) -> (Pairs, Pairs) {
        let pairs = address.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned()));
        let is_alias = |name: &str| ["via", "refcode", "ucc"].contains(&name);
        pairs.partition(|(name, value)| name != "ref" && !(is_alias(name) && Codes::usual().normalise(value).is_some()))
    }

    /// An address but for its query.
    fn rest(address: &Url) -> String {
        let mut rest = address.clone();
        rest.set_query(None);
        rest.into()
    }

    #[test]
    fn a_link_is_its_address_and_the_code() {
        let addresses = Addresses(Native::seeded(2026));
        let program = program(json!({}));
        let mut untouched = 0;
        for _ in 0..ADDRESSES {
            let address = addresses.address();
            let link = program.link(&address, ADVOCATE, "");
            let (before, after) = (Url::parse(&address).unwrap(), Url::parse(&link).unwrap());
            assert_eq!(rest(&after), rest(&before), "{address}");
            let ((others, old), (kept, new)) = (parted(&before), parted(&after));
            assert_eq!(kept, others, "{address}");
            assert_eq!(new, [("ref".to_owned(), CODE.to_owned())], "{address}");
            assert_eq!(program.incoming(&link), CODE, "{address}");
            assert_eq!(program.link(&link, ADVOCATE, ""), link, "{address}");
            if old.is_empty() {
                assert_eq!(program.without(&link), address.trim_ascii_end());
                assert_eq!(program.without(&address), address);
                untouched += 1;
            }
            let clean = program.without(&address);
            assert_eq!(program.incoming(&clean), "", "{address}");
            assert_eq!(parted(&Url::parse(&clean).unwrap()).0, others, "{address}");
        }
        assert!(untouched > ADDRESSES / 3, "{untouched} addresses had no code before");
    }
}
