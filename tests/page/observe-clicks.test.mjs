// Clicks that nobody marked: what is told of them, and what is not.
import assert from "node:assert/strict";
import { test } from "node:test";
import { hide, named, names, openSmall, told } from "./support/small.mjs";

const stay = "for (const link of document.links) link.addEventListener('click', (event) => event.preventDefault());";
const STAY = { instead: { "/stay.js": { type: "text/javascript", body: stay } }, head: '<script type="module" src="/stay.js"></script>' };

// Nothing answers these clicks; that is not what is asked here.
const clicked = async (t, body, selectors, { tracking, ...options } = {}) => {
  const small = await openSmall(t, body, { ...STAY, ...options, tracking: { dead_clicks: false, ...tracking } });
  for (const selector of [selectors].flat()) await small.page.click(selector);
  const events = await told(small);
  return events.filter(({ name }) => names([{ name }]).length > 0);
};

const without = ({ element_x: _x, element_y: _y, page_x: _a, page_y: _b, at: _c, ...rest }) => rest;

test("a link: its words, its place in the page, where it leads", async (t) => {
  const [click, ...more] = await clicked(t, '<main><section id="plans"><p>First</p><p class="lead wide tall"><a id="go" href="/elsewhere?a=1">See <b>all</b>\n plans</a></p></section></main>', "#go");
  assert.deepEqual(more, []);
  assert.deepEqual(without(click), {
    name: "Link Clicked", element_tag: "a", element_path: "a#go", element_text: "See all plans",
    link_url: `${click.link_url.split("/elsewhere")[0]}/elsewhere?a=1`, link_domain: "127.0.0.1", outbound: false,
  });
});

test("the path goes up to an id, by class and by number among its like", async (t) => {
  const list = '<section id="plans"><ul class="list wide tall"><li>a</li><li><button>One</button></li></ul></section>';
  const [click] = await clicked(t, list, "button");
  assert.equal(click.element_path, "section#plans>ul.list.wide>li:nth-of-type(2)>button");
});

test("a link to another host leads out; one to a host of one's own does not", async (t) => {
  const body = '<a id="out" href="https://other.example/x?token=abc&member=7&utm_source=s">Other</a> <a id="own" href="https://shop.example/">Shop</a> <a id="mail" href="mailto:robin@example.com">Mail</a> <a id="call" href="tel:+442079460958">Call</a>';
  const events = await clicked(t, body, ["#out", "#own", "#mail", "#call"], { tracking: { autocapture: { own_hosts: ["shop.example"] }, masked_parameters: ["Member"] } });
  assert.deepEqual(events.map(({ name, link_url: url, outbound }) => [name, url, outbound]), [
    ["Link Clicked", "https://other.example/x?token=&member=&utm_source=s", true],
    ["Link Clicked", "https://shop.example/", false],
    ["Link Clicked", "mailto:[email]", false],
    ["Link Clicked", "tel:[phone]", false],
  ]);
});

test("a file is a download, by its ending or by the link's word", async (t) => {
  const body = '<a id="a" href="/files/Price%20list.PDF?v=2">Prices</a> <a id="b" href="/export" download>Export</a> <a id="c" href="/page.html">Page</a> <a id="d" href="/font.woff2">Font</a>';
  const events = await clicked(t, body, ["#a", "#b", "#c", "#d"]);
  assert.deepEqual(events.map(({ name, file_name: file, file_extension: ending }) => [name, file, ending]), [
    ["File Downloaded", "Price list.PDF", "pdf"], ["File Downloaded", "export", undefined], ["Link Clicked", undefined, undefined], ["Link Clicked", undefined, undefined],
  ]);
});

test("the site's own endings take the place of ours", async (t) => {
  const events = await clicked(t, '<a id="a" href="/a.pdf">A</a> <a id="b" href="/b.woff2">B</a>', ["#a", "#b"], { tracking: { autocapture: { downloads: ["woff2"] } } });
  assert.deepEqual(names(events), ["Link Clicked", "File Downloaded"]);
});

test("buttons and what poses as one are told; words, pictures and fields are not", async (t) => {
  const body = `<button id="a">A</button><div id="b" role="button" tabindex="0">B</div><div id="c" class="hand"><span id="inner">C</span></div>
    <p id="d">D</p><input id="e"><label id="f">F <input id="g" type="checkbox"></label>`;
  const options = { instead: { ...STAY.instead, "/small.css": { type: "text/css", body: ".hand { cursor: pointer }" } } };
  const events = await clicked(t, body, ["#a", "#b", "#inner", "#d", "#e", "#g"], options);
  assert.deepEqual(events.filter(({ name }) => name === "Element Clicked").map(({ element_path: path, element_text: text }) => [path, text]), [
    ["button#a", "A"], ["div#b", "B"], ["div#c", "C"], ["input#g", undefined],
  ]);
});

test("a click on a label is one click", async (t) => {
  const events = await clicked(t, '<label><span id="words">Yes, please</span> <input type="checkbox"></label>', "#words", { tracking: { autocapture: { elements: "all" } } });
  assert.equal(named(events, "Element Clicked").length, 1);
});

test("a heatmap finds the place: of the element and of the page, from 0 to 1", async (t) => {
  const css = { "/small.css": { type: "text/css", body: "body { margin: 0 } #pad { height: 3000px } button { position: absolute; left: 0; top: 100px; width: 200px; height: 100px }" } };
  const [click] = await clicked(t, '<div id="pad"></div><button>Here</button>', "button", { instead: { ...STAY.instead, ...css } });
  assert.ok(Math.abs(click.element_x - 0.5) < 0.02 && Math.abs(click.element_y - 0.5) < 0.02, JSON.stringify(click));
  assert.ok(Math.abs(click.page_y - 150 / 3000) < 0.01, JSON.stringify(click));
  assert.ok(click.page_x > 0 && click.page_x < 0.2, JSON.stringify(click));
});

test("`elements: all` takes every click, and coordinates can be left out", async (t) => {
  const [click] = await clicked(t, "<main><p>Words</p></main>", "p", { tracking: { autocapture: { elements: "all", coordinates: false } } });
  assert.deepEqual(without(click), { name: "Element Clicked", element_tag: "p", element_path: "main>p", element_text: "Words" });
  assert.equal(click.element_x, undefined);
});

test("a marked element keeps its own event, and is not told twice", async (t) => {
  const events = await clicked(t, '<a href="/x" data-privateer-event="Plan Chosen" data-privateer-property-plan="crew"><span id="in">Choose</span></a>', "#in");
  assert.deepEqual(events.map(without), [{ name: "Plan Chosen", plan: "crew" }]);
});

test("a selector names a click, and brings properties of its own", async (t) => {
  const selectors = [{ selector: ".plan", event: "Plan Chosen", properties: { place: "top" } }, { selector: "!!", event: "Never" }];
  for (const tracking of [{ selectors }, { selectors, autocapture: false }]) {
    const body = '<div class="plan" data-privateer-property-plan="crew"><b>Crew</b></div><button>Other</button>';
    const events = await clicked(t, body, ["b", "button"], { tracking });
    const expected = tracking.autocapture === false ? ["Plan Chosen"] : ["Plan Chosen", "Element Clicked"];
    assert.deepEqual(names(events), expected);
    assert.equal(events[0].plan, "crew");
    assert.equal(events[0].place, "top");
    assert.equal(events[0].element_text, "Crew");
  }
});

test("words that reach a person are hidden; what a visitor writes is never read", async (t) => {
  const body = `<button id="a">Write to robin@example.com or call +44 20 7946 0958</button>
    <button id="b" data-privateer-mask>Robin Hood, 4 Forest Lane</button>
    <div id="c" role="button">Note: <span contenteditable>my secret</span><textarea>another</textarea><select><option>chosen</option></select><input value="typed"></div>
    <button id="d" aria-label="Pay with 4242 4242 4242 4242"></button>
    <button id="e">${"long ".repeat(60)}</button>
    <div data-privateer-mask id="robin"><a id="f" class="hood" href="/robin">Robin</a></div>`;
  const events = await clicked(t, body, ["#a", "#b", "#c", "#d", "#e", "#f"]);
  const texts = named(events, "Element Clicked").map(({ element_text: text }) => text);
  assert.deepEqual(texts.slice(0, 4), ["Write to [email] or call [phone]", undefined, "Note:", "Pay with [card]"]);
  assert.ok(texts[4].length <= 100);
  assert.doesNotMatch(JSON.stringify(events), /secret|another|typed|chosen|[Rr]obin|Hood|hood|Forest/);
});

test("what is to be ignored is; what the page's own code clicks is no visitor's doing", async (t) => {
  const small = await openSmall(t, '<div data-privateer-ignore><button id="a">A</button></div><button id="b">B</button>', { ...STAY, tracking: { dead_clicks: false } });
  await small.page.click("#a");
  await small.page.evaluate(() => document.querySelector("#b").click());
  assert.deepEqual(names(await told(small)), []);
});

test("the words are those that were clicked, though the page changed them", async (t) => {
  const first = 'addEventListener("click", ({ target }) => { target.textContent = "Copied!"; target.parentNode?.replaceChildren(); });';
  const [click] = await clicked(t, '<p id="p"><button>Copy</button></p>', "button", { first });
  assert.equal(click.element_text, "Copy");
  assert.equal(click.element_path, "p#p>button");
});

test("what is inside a component is found", async (t) => {
  const small = await openSmall(t, '<my-card id="card"></my-card><my-card id="own" data-privateer-mask></my-card>', STAY);
  await small.page.evaluate(() => {
    for (const card of document.querySelectorAll("my-card")) {
      const button = Object.assign(document.createElement("button"), { textContent: "Inside", className: "in" });
      card.attachShadow({ mode: "open" }).append(button);
    }
  });
  await small.page.click("#card");
  await small.page.click("#own");
  const clicks = named(await told(small), "Element Clicked");
  assert.deepEqual(clicks.map(({ element_path: path, element_text: text }) => [path, text]), [["my-card#card>button.in", "Inside"], ["my-card>button", undefined]]);
});

test("a click that leaves the page is told", async (t) => {
  const small = await openSmall(t, '<a href="/elsewhere">Leave</a>');
  await small.page.click("a");
  // Where the visitor goes within the site, the next page that has Privateer delivers.
  await small.page.goto(`${small.site.url}/`);
  await small.site.event(({ event }) => event === "Link Clicked", "the click on the link");
});

for (const tracking of [{ autocapture: false }, { clicks: false }]) {
  test(`${JSON.stringify(tracking)} captures no click`, async (t) => {
    assert.deepEqual(await clicked(t, "<button>A</button>", "button", { tracking }), []);
  });
}

test("one page view has only so many events, and a last one says so", async (t) => {
  const small = await openSmall(t, "<button>A</button>", { ...STAY, tracking: { events_per_page: 3, dead_clicks: false, rage_clicks: false } });
  for (let count = 0; count < 5; count += 1) await small.page.click("button");
  const events = await told(small);
  assert.deepEqual(names(events), ["Element Clicked", "Element Clicked", "Element Clicked", "Event Limit Reached"]);
  assert.equal(named(events, "Event Limit Reached")[0].limit, 3);
  await hide(small.page);
  assert.equal(named(await told(small), "Page Scrolled").length, 1, "what sums up is still told");
});

test("a product's figures are numbers", async (t) => {
  const body = `<button data-privateer-event="Product Added" data-privateer-product-product-id="17" data-privateer-product-name="Bell" data-privateer-product-price="9.50"
    data-privateer-product-quantity="2" data-privateer-product-position="x" data-privateer-property-price-list="7">Add</button>`;
  const small = await openSmall(t, body);
  await small.page.click("button");
  const { properties } = await small.site.event(({ event }) => event === "Product Added", "the product");
  assert.deepEqual(properties, { product_id: "17", name: "Bell", price: 9.5, quantity: 2, position: "x", price_list: "7" });
});
