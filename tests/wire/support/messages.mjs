// One Segment message of every kind that a page can send, as the core writes them, in plain and in difficult variants. That no
// event of the sources is missing: kinds.test.mjs; that no member of a message is: page_build.test.mjs.

const ADDRESS = "https://example.com/plans?utm_source=news&gclid=abc#top";
const VISITOR = "01931f6a-8d2c-7abc-8def-0123456789ab";
const SESSION = "01931f6a-8d2c-7001-9abc-0123456789ab";
const VIEW = "01931f6a-8d2c-7002-9abc-0123456789ab";

const CONTEXT = {
  library: { name: "privateer", version: "0.1.0" },
  page: { path: "/plans", referrer: "https://search.example/?q=hush", search: "?utm_source=news&gclid=abc", title: "Plans", url: ADDRESS },
  locale: "en-GB",
  timezone: "Europe/Berlin",
  userAgent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36",
  userAgentData: { brands: [{ brand: "Chromium", version: "156" }], mobile: false, platform: "Linux" },
  screen: { width: 1920, height: 1080, density: 1.5, innerWidth: 1280, innerHeight: 900 },
  sessionId: SESSION,
  sessionEvent: 7,
  windowId: "01931f6a-8d2c-7003-9abc-0123456789ab",
};

const RICH = {
  ...CONTEXT,
  pageViewId: VIEW,
  sessionIndex: 3,
  campaign: { source: "news", medium: "email", name: "spring-tide", term: "hour", content: "top", gclid: "abc", fbclid: "def" },
  channelGroup: "Email",
  referrer: { type: "friend", id: "HUSH42" },
  consent: { categoryPreferences: { experiments: true, analytics: true, marketing: false } },
  groupId: "crew-7",
  sampleRate: 0.5,
};

// Whoever says who they are says also what brought them first.
const FIRST_TOUCH = {
  time: "2026-01-30T09:00:00.000Z", referrer: "https://search.example/", url: "https://example.com/",
  campaign: { source: "news" }, channel: "Organic Search",
};

const track = (event, properties) => ({ type: "track", event, properties });
const { page } = CONTEXT;

/** What a page can send, by name: type, name and what goes with it. */
export const KINDS = {
  "page": { type: "page", name: "Plans", properties: { ...page } },
  "page with properties": { type: "page", name: "Plans", properties: { ...page, section: "pricing", depth: 2 } },
  "Experiment Viewed": track("Experiment Viewed", {
    experiment_id: "hero-headline", variation_id: "1", experiment_name: "Headline", variation_name: "What you get", feature_id: "hero",
  }),
  "Experiment Viewed without names": track("Experiment Viewed", { experiment_id: "hero-headline", variation_id: "1" }),
  "Page Engaged": track("Page Engaged", { engaged_time_msec: 12_345 }),
  "Referral Captured": track("Referral Captured", { code: "HUSH42", program: "neighbours", nonce: "n-1", replayed: true }),
  "Invite Shared": track("Invite Shared", { channel: "whatsapp", method: "whatsapp", content_type: "invite", item_id: "HUSH42", how: "opened" }),
  "Signed Up": track("Signed Up", { plan: "crew" }),
  "Events Dropped": track("Events Dropped", { count: 112, overflow: 100, refused: 3, limited: 8, withheld: 1 }),
  "Event Limit Reached": track("Event Limit Reached", { limit: 200 }),
  "Form Viewed": track("Form Viewed", { form_id: "signup", form_name: "trial" }),
  "Form Viewed without an id or a name": track("Form Viewed", { element_path: "section#plans>form.card:nth-of-type(2)" }),
  "Form Submitted": track("Form Submitted", { form_id: "signup", form_classes: "card wide", plan: "crew", seats: 4, news: false }),
  "Form Submitted without an id": track("Form Submitted", { form_id: null, plan: "crew" }),
  "Form Started": track("Form Started", { form_id: "signup", field: "name" }),
  "Form Field Focused": track("Form Started", { form_id: "signup", field: "name", field_type: "text" }),
  "Form Field Completed": track("Form Field Completed", { form_name: "signup", field: "size", field_type: "select-one", time_msec: 2_300, stays: 1 }),
  "Form Abandoned": track("Form Abandoned", { form_id: "signup", last_field: "size", fields_completed: 2, time_msec: 9_000 }),
  "Link Clicked": track("Link Clicked", {
    element_tag: "a", element_path: "main>a.button", element_text: "Elsewhere", element_id: "out", element_classes: ["button", "big"],
    link_url: "https://elsewhere.example/", link_domain: "elsewhere.example", outbound: true, element_x: 0.512, page_y: 0.25,
  }),
  "File Downloaded": track("File Downloaded", { element_tag: "a", link_url: "https://example.com/plans.pdf", outbound: false, file_name: "plans.pdf", file_extension: "pdf" }),
  "Element Clicked on a button": track("Element Clicked", { element_tag: "button", element_path: "form#signup>button", element_text: "Start the free trial" }),
  "Element Clicked on a text": track("Element Clicked", { element_tag: "p", element_path: "main>p", element_text: "Quiet, for an hour" }),
  "Rage Click": track("Rage Click", { click_count: 4, element_tag: "p", element_path: "main>p" }),
  "Dead Click": track("Dead Click", { element_tag: "button", element_path: "section#plans>ul.plan-list>li:nth-of-type(2)>button.more", element_text: "Compare" }),
  "Form Validation Failed": track("Form Validation Failed", { form_id: "signup", fields: ["email"], reasons: ["typeMismatch"] }),
  "Page Scrolled": track("Page Scrolled", { percent_scrolled: 80, scrolled: true, landmarks: ["plans", "questions"] }),
  "Scroll Depth Reached": track("Scroll Depth Reached", { percent_scrolled: 75 }),
  "Element Viewed": track("Element Viewed", { element_tag: "section", element_path: "section#plans", plan: "crew", price: 9.5 }),
  "Element Viewed without more": track("Element Viewed", { element_tag: "li", element_path: "ul>li:nth-of-type(3)" }),
  "First Screen Viewed": track("First Screen Viewed", { within_msec: 3_000, hero_in_time: true, hero_msec: 812, cta_in_time: false, cta_msec: 3_420 }),
  "First Screen Viewed, as far as it is known": track("First Screen Viewed", {
    within_msec: 3_000, hero_in_time: false, hero_msec: null, cta_in_time: null, cta_msec: null,
  }),
  "Contact Copied": track("Contact Copied", { contact_kind: "email", element_tag: "p", element_path: "footer>address>p.contact" }),
  "Products Searched": track("Products Searched", { query: "quiet hour", total_results: 3 }),
  "Web Vitals": track("Web Vitals", {
    cls: 0.02, lcp_msec: 1_204, lcp_rating: "good", inp_msec: 40, ttfb_msec: 80, navigation_type: "navigate", page_path: "/plans",
  }),
  "Exit Intended": track("Exit Intended", {}),
  "Payment Failed": track("Payment Failed", { order_id: "50314b8e9bcf000000000000", reason: "declined" }),
  "Lead Threshold Reached": track("Lead Threshold Reached", { threshold: "mql", from: null, total: 62.5, grade: "B2" }),
  "Lifecycle Stage Entered": track("Lifecycle Stage Entered", { stage: "trial", from: "interested", total: 62.5, grade: null }),
  "Trigger Fired": track("Trigger Fired", { trigger: "undecided", from: null, total: 40, grade: "B2" }),
  "Error Occurred": track("Error Occurred", { kind: "error", error_type: "TypeError", message: "x is not a function", file: "https://example.com/a.js", line: 1, column: 2 }),
  "Order Completed": track("Order Completed", {
    order_id: "o-1", total: 119.5, revenue: 100, currency: "EUR", coupon: null,
    products: [{ product_id: "crew", quantity: 1, price: 100 }, { product_id: "hour", quantity: 2, price: 9.75 }],
  }),
  "Plan Chosen": track("Plan Chosen", { plan: "crew", price: 9.5, nested: { list: [1, "two", null, true, { three: 3 }] } }),
  "identify": { type: "identify", traits: { email_domain: "example.com", company_size: "11-50", seats: 4 }, userId: "robin" },
  "identify by traits alone": { type: "identify", traits: { company_size: "11-50" } },
  "alias": { type: "alias", previousId: VISITOR, userId: "robin" },
  "group": { type: "group", groupId: "crew-7", traits: { name: "Crew", seats: 4 } },
};

const LONG = "long ".repeat(4_000);
const STRANGE = "Größe gewählt “✓” 音 \u{1F30A} \u0000 </script> \" \\ \n";

/** What can be different about any of them. */
const VARIANTS = {
  "plain": (message) => message,
  "with all that a context can hold": (message) => ({ ...message, context: { ...RICH, ...(message.type === "identify" && { firstTouch: FIRST_TOUCH }) } }),
  "of somebody known": (message) => ({ ...message, userId: "robin@example.com", context: RICH }),
  "without a context": ({ context, ...message }) => message,
  "with an empty context": (message) => ({ ...message, context: {} }),
  "without properties": ({ properties, traits, ...message }) => message,
  "with empty properties": (message) => ({ ...message, ...(message.properties && { properties: {} }), ...(message.traits && { traits: {} }) }),
  "with strange letters": (message) => renamed(message, STRANGE),
  "with very long texts": (message) => renamed(message, LONG),
  "with a name that ASCII has no letter of": (message) => ({ ...message, ...(message.event && { event: "音" }) }),
  "at the end of a year, in another zone": (message) => ({ ...message, timestamp: "2026-01-01T01:30:00.5+05:30" }),
};

// Every text among the properties, the name, the title and the ids.
function renamed(message, text) {
  const all = (values) => values && Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeof value === "string" ? text : value]));
  const { event, name, properties, traits, context } = message;
  return {
    ...message,
    ...(event && { event: `${event} ${text}` }),
    ...(name && { name: text }),
    ...(properties && { properties: { ...all(properties), [text.slice(0, 60)]: text } }),
    ...(traits && { traits: all(traits) }),
    userId: text,
    context: { ...context, page: { ...context.page, title: text, referrer: text } },
  };
}

let made = 0;
const idOf = () => `01931f6a-8d2c-7${String(made++).padStart(3, "0")}-8abc-0123456789ab`;

function messageOf(kind, variant) {
  const message = { ...kind, messageId: idOf(), anonymousId: VISITOR, timestamp: "2026-01-31T12:00:00.123Z", context: CONTEXT };
  return VARIANTS[variant](message);
}

/** Every kind in every variant: { name, message }. */
export const CASES = Object.entries(KINDS).flatMap(([kind, shape]) =>
  Object.keys(VARIANTS).map((variant) => ({ kind, variant, name: `${kind}, ${variant}`, message: messageOf(shape, variant) })));

/** One message of a kind; with all that a context can hold unless another variant is asked for. */
export const one = (kind, variant = "with all that a context can hold") =>
  structuredClone(CASES.find((each) => each.kind === kind && each.variant === variant).message);
