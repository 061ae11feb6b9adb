//! Referrals that look like fraud: tables worked out by hand, and laws.
#![cfg(feature = "insights")]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test says no by panicking.

mod support;

use privateer::{
    base::{
        Time,
        json::{Document, Section},
    },
    referral::fraud::{Email, Fact, Level, Lists, Person, Referral, Rules, SIGNALS, Verdict, judge, similarity},
};
use proptest::prelude::*;
use std::collections::BTreeSet;
use support::host::Native;

const HOUR: i64 = 3_600_000;

fn host() -> Native {
    Native::seeded(1)
}

fn judged(referrals: &[Referral<'_>]) -> Vec<Verdict> {
    judge(
        referrals,
        &Rules::default(),
        &Lists { disposable: Some(&|domain| domain == "throwaway.example"), public: None },
        &host(),
    )
}

fn one(referral: Referral<'_>) -> Verdict {
    judged(&[referral]).remove(0)
}

fn ids(verdict: &Verdict) -> Vec<&str> {
    verdict.reasons.iter().map(|reason| reason.id.as_str()).collect()
}

mod addresses {
    use super::*;

    fn normal(text: &str) -> Option<String> {
        Email::read(text, &host()).map(|email| email.address())
    }

    /// Gmail's rules as Google's help has them (dots do not matter, `+` begins a tag, googlemail.com is the same); Punycode by IANA's test
    /// domain `xn--r8jz45g.xn--zckzah` and RFC 3492's coder; full-width signs by Unicode's Halfwidth and Fullwidth Forms.
    #[test]
    fn have_one_form_by_the_table() {
        for (written, form) in [
            ("ann@example.com", "ann@example.com"),
            (" Ann@EXAMPLE.com ", "ann@example.com"),
            ("ann+offer@example.com", "ann@example.com"),
            ("ann+a+b@example.com", "ann@example.com"),
            ("+ann@example.com", "+ann@example.com"), // nothing would be left
            ("an.n@example.com", "an.n@example.com"), // dots matter elsewhere
            ("A.n.n@gmail.com", "ann@gmail.com"),
            ("a.nn+x@googlemail.com", "ann@gmail.com"),
            ("ann-list@example.com", "ann-list@example.com"),
            ("ann@example.com.", "ann@example.com"),
            ("ann@mail.example.com", "ann@mail.example.com"),
            ("ａｎｎ＠ｅｘａｍｐｌｅ．ｃｏｍ", "ann@example.com"),
            ("ann@例え.テスト", "ann@xn--r8jz45g.xn--zckzah"),
            ("ann@例え。テスト", "ann@xn--r8jz45g.xn--zckzah"),
            ("ann@XN--R8JZ45G.xn--zckzah", "ann@xn--r8jz45g.xn--zckzah"),
            ("ann@Bücher.example", "ann@xn--bcher-kva.example"),
            ("ÄNN@example.com", "änn@example.com"),
            ("\"a@b\"@example.com", "\"a@b\"@example.com"),
        ] {
            assert_eq!(normal(written).as_deref(), Some(form), "{written}");
        }
    }

    #[test]
    fn that_are_none_are_not_compared() {
        for text in ["", "ann", "@example.com", "ann@", "ann@localhost", "an n@example.com", "ann@exa mple.com", "ann@a/b.com"] {
            assert_eq!(normal(text), None, "{text}");
        }
        let alike = Person { email: Some("unknown"), ..Person::default() };
        let verdict = one(Referral { advocate: alike, friend: alike, ..Referral::default() });
        assert_eq!(verdict.score, 0);
        assert!(verdict.unknown.contains(&"same_email"));
    }

    #[test]
    fn public_domains_are_told_from_a_companys_own() {
        for domain in ["gmail.com", "qq.com", "163.com", "yahoo.co.jp", "outlook.de", "web.de"] {
            assert!(Email::is_public(domain), "{domain}");
        }
        for domain in ["example.com", "mail.example.com", "com", "il.com", "gmail.com.example"] {
            assert!(!Email::is_public(domain), "{domain}");
        }
    }

    proptest! {
        #[test]
        fn the_form_of_a_form_is_itself(local in "[a-zA-Zä.+0-9]{1,12}", domain in "[a-zA-Zü]{1,8}\\.(com|example|COM)") {
            if let Some(form) = normal(&[local.as_str(), "@", &domain].concat()) {
                prop_assert_eq!(normal(&form), Some(form));
            }
        }
    }
}

mod names {
    use super::*;

    fn alike(one: &str, other: &str) -> f64 {
        similarity(one, other, &host()).unwrap()
    }

    /// Winkler's own examples, to three digits (*The State of Record Linkage*, 1999, table 6, without its adjustment for long texts).
    #[test]
    fn have_winklers_similarities() {
        for (one, other, expected) in [("MARTHA", "MARHTA", 0.961), ("DWAYNE", "DUANE", 0.840), ("DIXON", "DICKSONX", 0.813)] {
            assert!((alike(one, other) - expected).abs() < 5e-4, "{one}, {other}: {}", alike(one, other));
        }
    }

    /// Above the limit: a slip, another order, another case. Below it: people who share a first name, a surname, or a character.
    #[test]
    fn of_one_person_are_above_the_limit_and_of_two_below() {
        let limit = Rules::default().similar_name;
        for (one, other) in [
            ("Ann Example", "ann EXAMPLE"),
            ("Ann Example", "Example, Ann"),
            ("Ann-Marie Example", "Ann Marie Example"),
            ("Jonathan Sample", "Johnathan Sample"),
            ("Jürgen Muster", "JÜRGEN MUSTER"),
            ("王小明", "王小明"),
        ] {
            assert!(alike(one, other) >= limit, "{one}, {other}: {}", alike(one, other));
        }
        for (one, other) in [
            ("Ann Example", "Bob Example"),
            ("Ann Example", "Ann Specimen"),
            ("Mary Sample", "Mark Instance"),
            ("王小明", "王小红"),
            ("王伟", "王芳"),
        ] {
            assert!(alike(one, other) < limit, "{one}, {other}: {}", alike(one, other));
        }
    }

    #[test]
    fn without_letters_are_not_known() {
        assert_eq!(similarity("", "Ann", &host()), None);
        assert_eq!(similarity(" - ", " - ", &host()), None);
    }
}

mod signals {
    use super::*;

    /// Something true of a referral that has one signal.
    type Make = fn(&mut Referral<'static>);

    /// Each signal that one referral can show by itself, and the smallest thing that shows it. They mix freely.
    const MAKE: [(&str, Make); 14] = [
        ("same_id", |referral| (referral.advocate.id, referral.friend.id) = (Some("ann"), Some("ann"))),
        ("same_email", |referral| {
            (referral.advocate.email, referral.friend.email) = (Some("ann@gmail.com"), Some("A.N.N+x@googlemail.com"));
        }),
        ("same_payment", |referral| referral.same_payment = Some(true)),
        ("bot", |referral| referral.bot = Some(true)),
        ("preview", |referral| referral.preview = Some(true)),
        ("prefetch", |referral| referral.prefetch = Some(true)),
        ("webdriver", |referral| referral.webdriver = Some(true)),
        ("existing_customer", |referral| referral.customer = Some(true)),
        ("same_device", |referral| (referral.advocate.device, referral.friend.device) = (Some("d1"), Some("d1"))),
        ("same_ip", |referral| referral.same_ip = Some(true)),
        ("disposable_email", |referral| referral.friend.email = Some("ben@inbox.throwaway.example")),
        ("similar_name", |referral| (referral.advocate.name, referral.friend.name) = (Some("Ann Example"), Some("Example, Ann"))),
        ("too_fast", |referral| (referral.touched, referral.signed_up) = (Some(Time(1_000)), Some(Time(5_999)))),
        ("same_domain", |referral| {
            (referral.advocate.email, referral.friend.email) = (Some("ann@own.example"), Some("ben@own.example"));
        }),
    ];

    #[test]
    fn each_shows_by_itself_and_counts_its_points() {
        for (id, make) in MAKE {
            let mut referral = Referral::default();
            make(&mut referral);
            let verdict = one(referral);
            let signal = SIGNALS.iter().find(|signal| signal.id == id).unwrap();
            assert_eq!(ids(&verdict), [id]);
            assert_eq!((verdict.score, &verdict.reasons[0].label[..]), (signal.points, signal.label));
            assert!(!verdict.unknown.contains(&id));
        }
    }

    #[test]
    fn what_is_not_known_counts_nothing_and_is_told() {
        let verdict = one(Referral::default());
        assert_eq!((verdict.score, verdict.level, verdict.flagged()), (0, Level::Low, false));
        assert_eq!(verdict.unknown, SIGNALS.each_ref().map(|signal| signal.id));
        let blank = Person { id: Some(""), device: Some(""), name: Some(""), email: Some("") };
        let blank = one(Referral { advocate: blank, friend: blank, ..Referral::default() });
        assert_eq!(blank, verdict, "an empty text is not known");
    }

    #[test]
    fn an_honest_referral_of_which_all_is_known_has_neither_reasons_nor_unknowns() {
        let ann = Person { id: Some("ann"), email: Some("ann@gmail.com"), name: Some("Ann Example"), device: Some("d1") };
        let ben = Person { id: Some("ben"), email: Some("ben@gmail.com"), name: Some("Ben Specimen"), device: Some("d2") };
        let (no, minute) = (Some(false), 60_000);
        let verdict = one(Referral {
            advocate: ann,
            friend: ben,
            touched: Some(Time(0)),
            signed_up: Some(Time(3 * minute)),
            converted: Some(Time(9 * minute)),
            customer: no,
            repeat: no,
            user_agent: None,
            bot: no,
            preview: no,
            prefetch: no,
            webdriver: no,
            same_ip: no,
            same_payment: no,
            facts: Vec::new(),
        });
        assert_eq!(verdict, Verdict { score: 0, level: Level::Low, reasons: Vec::new(), unknown: Vec::new() });
    }

    /// The four that GrowSurf's guide gives; and each id is there once.
    #[test]
    fn have_the_points_of_the_source() {
        let points = |id| SIGNALS.iter().find(|signal| signal.id == id).unwrap().points;
        assert_eq!(["disposable_email", "same_ip", "many_in_hour", "similar_name"].map(points), [30, 40, 25, 20]);
        assert_eq!(SIGNALS.each_ref().map(|signal| signal.id).into_iter().collect::<BTreeSet<_>>().len(), SIGNALS.len());
    }

    #[test]
    fn addresses_that_differ_in_digits_only() {
        let pair = |ann, ben| {
            let [advocate, friend] = [ann, ben].map(|email| Person { email: Some(email), ..Person::default() });
            one(Referral { advocate, friend, ..Referral::default() })
        };
        assert_eq!(ids(&pair("ann1@gmail.com", "ann22@gmail.com")), ["numbered_email"]);
        assert_eq!(ids(&pair("ann@gmail.com", "ann2@gmail.com")), ["numbered_email"]);
        for (ann, ben) in [("ann1@gmail.com", "ann1@web.de"), ("10001@qq.com", "10002@qq.com"), ("a1@qq.com", "a2@qq.com")] {
            assert_eq!(pair(ann, ben).score, 0, "{ann}, {ben}");
        }
    }

    #[test]
    fn who_was_there_before_the_link() {
        let times = |touched, signed_up| Referral {
            touched: Some(Time(touched)),
            signed_up: Some(Time(signed_up)),
            ..Referral::default()
        };
        assert_eq!(ids(&one(times(10, 9))), ["existing_customer"]);
        assert_eq!(ids(&one(times(0, HOUR))), [""; 0]);
        assert_eq!(ids(&one(Referral { repeat: Some(true), ..times(0, HOUR) })), ["existing_customer"]);
    }

    /// Ten seconds are enough; what came before the touch is not fast.
    #[test]
    fn who_is_faster_than_a_page_can_be_read() {
        let after = |signed_up: Option<i64>, converted: Option<i64>| {
            let [signed_up, converted] = [signed_up, converted].map(|ms| ms.map(Time));
            let verdict =
                one(Referral { touched: Some(Time(0)), signed_up, converted, customer: Some(false), ..Referral::default() });
            verdict.reasons.iter().find(|reason| reason.id == "too_fast").map(|reason| reason.evidence.clone())
        };
        assert_eq!(after(Some(9_999), None).as_deref(), Some("9 s"));
        assert_eq!(after(Some(10_000), None), None);
        assert_eq!(after(Some(60_000), Some(2_000)).as_deref(), Some("2 s"), "whichever came first");
        assert_eq!(after(Some(-1), None), None);
    }

    #[test]
    fn programs_are_known_by_how_they_name_themselves_unless_somebody_saw_them() {
        let agent = |user_agent, bot| one(Referral { user_agent: Some(user_agent), bot, ..Referral::default() }).reasons.len();
        let person = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
        assert_eq!([agent("facebookexternalhit/1.1", None), agent(person, None)], [1, 0]);
        assert_eq!([agent("facebookexternalhit/1.1", Some(false)), agent(person, Some(true))], [0, 1]);
    }

    #[test]
    fn lists_are_asked_for_domains_above_and_without_one_nothing_is_said() {
        let friend = |email| Referral { friend: Person { email: Some(email), ..Person::default() }, ..Referral::default() };
        assert_eq!(ids(&one(friend("a@throwaway.example"))), ["disposable_email"]);
        assert_eq!(ids(&one(friend("a@notthrowaway.example"))), [""; 0]);
        let verdicts = judge(&[friend("a@throwaway.example")], &Rules::default(), &Lists::default(), &host());
        assert!(verdicts[0].score == 0 && verdicts[0].unknown.contains(&"disposable_email"));
    }

    #[test]
    fn what_a_server_knows_counts_within_bounds_and_comes_last_of_equals() {
        let fact = |id, points| Fact { id, label: "Somebody said so.", points, evidence: "a note" };
        let verdict = one(Referral {
            same_ip: Some(true),
            facts: vec![fact("chargeback", 40), fact("praised", -50), fact("certain", 1_000)],
            ..Referral::default()
        });
        assert_eq!(ids(&verdict), ["certain", "same_ip", "chargeback"]);
        assert_eq!((verdict.score, verdict.reasons[0].points), (100, 100));
    }

    /// An equal network address is worth a look and no more: 40 lies from 30 to 59.
    #[test]
    fn levels_begin_where_they_are_said_to() {
        let level = |points| {
            let facts = vec![Fact { id: "x", points, ..Fact::default() }];
            one(Referral { facts, ..Referral::default() }).level
        };
        assert_eq!(
            [0, 29, 30, 59, 60, 100].map(level),
            [Level::Low, Level::Low, Level::Medium, Level::Medium, Level::High, Level::High]
        );
        let same_ip = one(Referral { same_ip: Some(true), ..Referral::default() });
        assert_eq!((same_ip.level, same_ip.flagged()), (Level::Medium, true));
    }

    proptest! {
        /// Whatever is true of a referral, one thing more never lowers its score; and what is not known, instead of true, never raises it.
        #[test]
        fn one_more_never_lowers_the_score(set in prop::collection::vec(any::<bool>(), MAKE.len()), more in 0..MAKE.len()) {
            let of = |has: &dyn Fn(usize) -> bool| {
                let mut referral = Referral::default();
                // Addresses can be equal, of one domain, or thrown away, one at a time: the last one asked for.
                MAKE.iter().enumerate().filter(|(place, _)| has(*place)).for_each(|(_, (_, make))| make(&mut referral));
                one(referral)
            };
            let is_address = |place: usize| ["same_email", "disposable_email", "same_domain"].contains(&MAKE[place].0);
            let without = of(&|place| set[place] && place != more && !(is_address(place) && is_address(more)));
            let with = of(&|place| (set[place] || place == more) && !(is_address(place) && is_address(more) && place != more));
            prop_assert!(with.score >= without.score);
            prop_assert!(ids(&with).contains(&MAKE[more].0));
            prop_assert!(with.unknown.iter().all(|signal| without.unknown.contains(signal)));
            prop_assert_eq!(with.score, with.reasons.iter().map(|reason| reason.points).sum::<i64>().min(100));
        }
    }
}

mod rules {
    use super::*;

    fn read(json: &str) -> (Rules, Vec<(&'static str, String)>) {
        let document = Document::read(json, u32::MAX, &host()).unwrap();
        let (mut rules, mut problems) = (Rules::default(), Vec::new());
        rules.read(Section::new(document.root(), "$.referral.fraud", &mut problems));
        (rules, problems.into_iter().map(|problem| (problem.code, problem.path)).collect())
    }

    #[test]
    fn are_read_and_hold() {
        assert_eq!(read("{}"), (Rules::default(), vec![]));
        let json = r#"{ "medium": 10, "high": 20, "similar_name": 0.8, "fast_seconds": 2.5, "per_hour": 2, "per_day": 3, "points": { "same_ip": 15, "bot": 0 } }"#;
        let (rules, problems) = read(json);
        assert_eq!(problems, []);
        assert_eq!((rules.medium, rules.high, rules.similar_name, rules.fast), (10, 20, 0.8, 2_500));
        assert_eq!((rules.per_hour, rules.per_day), (2, 3));
        let referral = Referral { same_ip: Some(true), bot: Some(true), ..Referral::default() };
        let verdict = judge(&[referral, Referral::default()], &rules, &Lists::default(), &host());
        assert_eq!((verdict[0].score, verdict[0].level), (15, Level::Medium));
        assert!(!verdict[1].unknown.contains(&"bot"), "what is not looked at is not missing");
    }

    #[test]
    fn that_are_wrong_are_named_and_as_usual() {
        let json = r#"{ "medium": 80, "high": 20, "similar_name": 2, "per_hour": "6", "points": { "same_id": 101, "same_isp": 5, "ring": "x", "same_ip": 7 } }"#;
        let (rules, problems) = read(json);
        let mut usual = Rules::default();
        usual.points[SIGNALS.iter().position(|signal| signal.id == "same_ip").unwrap()] = 7;
        assert_eq!(rules, usual);
        let expected = [
            ("out-of-range", "$.referral.fraud.points.same_id"),
            ("unknown-word", "$.referral.fraud.points.same_isp"),
            ("wrong-type", "$.referral.fraud.points.ring"),
            ("out-of-range", "$.referral.fraud.high"),
            ("out-of-range", "$.referral.fraud.similar_name"),
            ("wrong-type", "$.referral.fraud.per_hour"),
        ];
        assert_eq!(problems, expected.map(|(code, path)| (code, path.to_owned())));
        assert_eq!(read(r#"{ "points": 3 }"#).1, [("wrong-type", "$.referral.fraud.points".to_owned())]);
    }
}
