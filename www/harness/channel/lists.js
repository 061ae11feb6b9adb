// Written by scripts/channels.mjs; unfold.js reads it. HOSTS are Matomo's lists of referrer hosts (public
// domain, CC0 1.0), SOURCES is Google's list of GA4's source categories.

export const SOURCES = {
  shopping: `*|*. alibaba amazon ebay etsy mercadolibre shopify shopzilla stripe walmart
*. aax-us-east.amazon-adsystem aax.amazon-adsystem apps.shopify checkout.shopify checkout.stripe cr.shopping.naver cr2.shopping.naver m.alibaba m.shopping.naver message.alibaba msearch.shopping.naver offer.alibaba one.walmart partners.shopify s3.amazonaws shopping.naver shopping.yahoo simplycodes
*.shopping.net nl no se uk
*.yahoo.co.jp order.shopping shopping store.shopping
mercadolibre.com.* ar mx
ebay.* co.uk com.au de
* amazon.co.uk google_shopping igshopping shop.app`,
  search: `*|*. msn naver yahoo
*.google. lens play search
*.yandex.ru mail webmaster zen
*.co.jp biglobe rakuten yahoo
*.cz centrum email.seznam firmy seznam
*.net daum search.ukr secureurl.ukr
*. excite m.naver ntp.msn
*.ru mail.rambler rambler
* 360.cn alice aol ask auone avg babylon baidu biglobe biglobe.ne.jp bing cnn comcast conduit daum dogpile duckduckgo eniro globo google google-play incredimail kvasir lycos najdi onet onet.pl qwant rakuten rambler search-results seznam sogou startsiden terra tut.by ukr virgilio yandex`,
  social: `*|*. 43things activerain activeworlds addthis alumniclass americantowns anobii answerbag aolanswers askubuntu athlinks baby-gaga beforeitsnews bharatstudent blogger blogher bloglines blogsome blogspot blogster blurtit brightkite brizzly buzzfeed cafemom camospace care2 catster cellufun chicagonow classquest cocolog-nifty cozycot crunchyroll cyworld deviantart dianping digg diigo disqus dogster dol2day doostang dopplr drugs-forum dzone elftown extole faceparty fanpop fark fc2 feministing filmaffinity flipboard folkdirect foodservice fotki friendfeed fubar gamerdna glassboard glassdoor godtube goldstar goodreads govloop gowalla hootsuite houzz hoverspot hubculture ibibo imageshack imvu insanejournal instapaper intherooms italki jammerdirect kakao kaneva librarything listal listography meetup messenger mocospace mouthshut movabletype mubi mylife mymodernmet netvibes nightlifelink ning onstartups opendiary photobucket pingsta plurk posterous qapacity quechup quora ravelry redux reunion reverbnation ryze salespider screenrant scribd scvngr secondlife serverfault sharethis socialvibe spoke spruz stackapps stackexchange stickam superuser sweeva tagged taggedmail talkbiznow techmeme tencent tinyurl toolbox travellerspoint tripadvisor trombi tudou tweetdeck typepad vampirefreaks vampirerave wakoopa wattpad webshots weebly weread whatsapp wordpress yammer yelp zooppa
*. 51 allnurses allrecipes ancestry answers.yahoo artstation asmallworld blackcareernetwork blog blog.feedspot blog.naver bloggang blogs bookmarks.yahoo cafe.naver canalblog care chegg copainsdavant.linternaute deluxe discover.hubpages draft.blogger epicurious everforo fandom forums.androidcentral forums.crackberry forums.imore forums.nexopia forums.webosnation forums.wpcentral gather getpocket googlegroups groups.google gulli hr hubpages jappy kaboodle kakaocorp kin.naver l.messenger lifestream.aol livedoor m.blog.naver m.cafe.naver m.kin.naver m.yelp medium menuism messages.google mix my.opera over-blog overblog pro.homeadvisor pulse.yahoo shvoong sites.google smartnews spaces.live ssense stardoll twoo urbanspoon ushareit video.ibm web.skype wiki.answers wikihow woot
pinterest.* at cl co.kr com.mx it ph ru
*.org biswap caringbridge couchsurfing dailystrength edublogs fruehstueckstreff internations meetin ngopost oneworldgroup slashdot wikitravel wordpress
*.net 5ch centerblog gutefrage hyves interpals irc-galleria meneame myanimelist pixiv researchgate slideshare
*.jp ameba ameblo b.hatena.ne blog.goo.ne blog.yahoo.co bookmarks.yahoo.co chiebukuro.yahoo.co d.hatena.ne exblog mbga messages.yahoo.co okwave oshiete.goo.ne yahoo-mbga
*.no biip blogg vg
*.me chat.zalo line t
*.de jappy rtl wer-weiss-was
*.in pinboard youroom
* academia.edu airg.ca awe.sm babyblog.ru badoo bebo bit.ly blackplanet blip.fm buzznet cbnt.io classmates cross.tv douban draugiem.lv facebook fb feedspot flickr fotolog foursquare gaiaonline goldenline.pl goo.gl gooblog google+ googleplus habbo hatena hi5 ig imageshack.us instagram is.gd line linkedin livedoorblog livejournal myheritage myspace newsshowcase nexopia niconico odnoklassniki.ua paper.li partyflock.nl pinboard pinterest playahead.se pocket.co reddit renren scoop.it shareit skype skyrock snapchat social sociallife.com.br stackoverflow suomi24.fi tiktok trustpilot tuenti tumblr twitter unblog.fr ushi.cn wechat weibo xanga xing yelp.co.uk zalo zoo.gr`,
  video: `*|*. crackle curiositystream dailymotion disneyplus hulu iqiyi netflix ted utreon veoh vimeo wistia youku youtube
*.twitch.tv blog dashboard id m player
*. help.hulu help.netflix iq jobs.netflix m.youtube music.youtube player.vimeo viadeo.journaldunet
*.tv justin twitch
* d.tube fast.wistia.net twitch`,
};

export const HOSTS = {
  search: `*. 123people abacho se.abacho tr.abacho chercherfr.aguea alexa search.toolbars.alexa alltheinternet alltheweb alohafind altavista search.altavista listings.altavista {}.altavista be-nl.altavista be-fr.altavista search.aol aolsearch.aol aim.search.aol find.web.aol arama arianna ask web.ask int.ask mws.ask images.ask images.{}.ask iwon.ask {}.ask search.ask {}.search.ask avira-int.ask search.tb.ask nortonsafe.search.ask avira.search.ask int.search.tb.ask search.babylon searchassist.babylon baidu zhidao.baidu tieba.baidu news.baidu bing {}.bing global.bing blekko blogdigger blogpulse search.brave crawler cuil digg duckduckgo r.duckduckgo entireweb eurip euroseek everyclick exalead msxml.excite fireball firstsfind search.fooooo recherche.francite search.freecause freespoke friendfeed search.frontier search.genieo gibiru gigablast gomeo google encrypted.google ipv6.google go.google haosou highbeam req.hit-parade class.hit-parade hit-parade hooseek hotbot blogs.icerocket icq search.icq search.imesh inbox infospace wsdsold.infospace ixquick eu.ixquick us.ixquick s1.us.ixquick s2.us.ixquick s3.us.ixquick s4.us.ixquick s5.us.ixquick s8-eu.ixquick s2-eu4.ixquick s5-eu4.ixquick kagi kensaq lookany search.lookseek looksmart search.lycos mamma mamma75.mamma mojeek monstercrawler mozbot myprivatesearch searchservice.myspace search.mywebsearch search.nate search.naver search.nifty search.peoplepc picsearch plazoo plusnetwork presearch quendu qwant lite.qwant searchalot searchcanvas searchlock results.searchlock {}.setooz search.smartaddressbar search.smartshopping search.softonic sogou wap.sogou english.sogou soso startpage classic.startpage eu.startpage s2-eu4.startpage s6-eu4.startpage s7-eu4.startpage s1-eu5.startpage s2-eu5.startpage s4-eu5.startpage s5-eu5.startpage s6-eu5.startpage s7-eu5.startpage s8-eu5.startpage s10-eu5.startpage s11-eu5.startpage s12-eu5.startpage s13-eu5.startpage s14-eu5.startpage stract swisscows talimba tarmot technorati teoma toolbarhome vshare.toolbarhome trovarapido search.trustnav twingly vuhuv walhello websearch fr.wedoo en.wedoo es.wedoo search.winamp x-recherche search.yam yandex yasni yatedo yep search.yippy yongzin zapmeta {}.zapmeta p.zhongsou zxuso
search.* aol.it aol.co.uk hp.my.aol.com.au hp.my.aol.de hp.my.aol.it auone.jp bluewin.ch centrum.cz comcast.net daum.net earthlink.net excite.it excite.fr excite.de excite.co.uk excite.es excite.nl free.fr goo.ne.jp lilo.org seesaa.jp seznam.cz tiscali.it vindex.nl ke.voila.fr
*.de abacho acoon allesklar altavista sucheaol.aol suche.aol o2suche.aol alicesuche.aol alicesuchet.aol suchet2.aol apollo7 arcor dasoertliche dastelefonbuch fireball fixsuche suche.freenet gnadenmeer ixquick s1-eu.ixquick metager metager2 paperball extern.peoplecheck qualigo suchnase suche.t-online brisbane.t-online navigationshilfe.t-online tixuma walhello witch yasni yellowmap
*.virgilio.it ricerca ricercaimmagini ricercavideo ricercanews mobile
*.fr abacho altavista aolrecherche.aol aolrecherches.aol aolimages.aol recherche.aol exalead search1-2.free search1-1.free mozbot lemoteur.orange sharelook weborama yatedo yougoo
*.co.uk abacho aolsearch.aol ask mozbot searchy talktalk yasni
buscador.terra.* es cl com.br
abacho.* at es ch it
*.jp sp-search.auone sp-web.search.auone cgi.search.biglobe.ne excite.co ocnsearch.goo.ne websearch.rakuten.co so-net.ne woopie
*.org dmoz editors.dmoz ecosia forestle {}.forestle privacywall
*.{} 123people google lycos yandex clck.yandex yabs.yandex zapmeta
qualigo.* at ch nl
*.net charter geona rpmfind fr2.rpmfind
pesquisa.*.pt clix sapo
*.nl vinden vindex walhello zoek zoeken
allesklar.* at ch
*.se allaverksamheter eniro isodelen riksdelen
*.ru sm.aport nigma nova.rambler sputnik
*.cz morfeo.centrum hledani.tiscali web.volny zoohoo
yasni.* ch at
*.it kataweb search-dyn.tiscali
*.no kvasir startsiden
* recherche.aol.ca aolbusqueda.aol.com.mx austronaut.at baidu.co.th eo.st findhurtig.dk forestle.mobi holmes.ge google.interia.pl laban.vn latne.lv neti.ee oceanhero.today busca.orange.es skynet.be swiggle.org.uk torry.io walhello.info zoznam.sk
1.cz
118_700 118700.se foretag.118700.se webben.118700.se
360search so.360.cn so. sou.
abcsøk abcsok.no verden.abcsok.no
alice_adsl rechercher.aliceadsl.fr
all.by
aol suche.aolsvc.de search-intl.netscape. de.aolsearch.
apollo_lv apollo.lv/portal/search
arianna arianna.libero.it
ask ask.reference. askkids. qbyrd. {}.qbyrd. search-results. int.search-results. {}.search-results. searchqu.
avira_safesearch search.avira. search.avira.net safesearch.avira.
atlas searchatlas.centrum.cz
auone_images sp-image.search.auone.jp
biglobe_images images.search.biglobe.ne.jp
bing msnbc.msn. dizionario.it.msn. enciclopedia.it.msn. cc.bingj.
bing_images bing.com/images/search {}.bing.com/images/search
canoe.ca web.canoe.ca
claro_search claro-search.
cốc_cốc coccoc.
compuserve.com_(enhanced_by_google) websearch.cs.
conduit. search.conduit. images.search.conduit.
daemon_search daemon-search. my.daemon-search.
delfi_ee otsing.delfi.ee
delfi_lv smart.delfi.lv
dir. fr.dir.
disconnectsearch search.disconnect.me
duckduckgo duckduckgogg42xjoc72x3sjasowoarfbgcmvfimaftt6twagswzczad.onion
el_mundo ariadna.elmundo.es
epicsearch.in
fast_browser_search fastbrowsersearch.
flix.de
gais gais.cs.ccu.edu.tw
gigablast_(directory) dir.gigablast.
google wwwgoogle. wwwgoogle.{} gogole. gogole.{} gppgle. gppgle.{} googel. googel.{} search.avg. isearch.avg. com.google.android.googlequicksearchbox search.chedot. cnn. darkoogle. search.darkoogle. search.foxtab. gooofullsearch. search.hiyo. search.incredimail. search1.incredimail. search2.incredimail. search3.incredimail. search4.incredimail. search.sweetim. fastweb.it search.juno. search.zum. find.tdc.dk it.luna.tv searchresults.verizon. search.walla.co.il search.alot. suche.gmx.net search.gmx. search.incredibar. delta-search. search.1und1.de suche.1und1.de search.zonealarm. start.lenovo. wow. {}.wow. search.leonardo.it optuszoo.com.au search.dolphin-browser.jp netlavis.azione.jp search.nan.so cgi2.nintendo.co.jp search.smt.docomo.ne.jp image.search.smt.docomo.ne.jp gfsoso. searches.safehomepage. searches.f-secure. search.f-secure. webcache.googleusercontent. monumentbrowser. search.bt. startab.me search.abv.bg search.xfinity. kadaza.
google_blogsearch blogsearch.google. blogsearch.google.{}
google_custom_search google.com/cse google.{}/cse cse.google. cse.google.{} google.com/custom google.{}/custom
google_images images.google. images.google.{} google.com/imgres google.{}/imgres
google_maps maps.google. maps.google.{}
google_news news.google. news.google.{}
google_scholar scholar.google. scholar.google.{}
google_shopping google.com/products google.{}/products
google_syndicated_search googlesyndicatedsearch.
google_translations translate.google.
google_video video.google.
goyellow.de
gule_sider gulesider.no
i-play start.iplay.
ilse_nl ilse.nl
info.
infospace dogpile. tattoodle. metacrawler. webfetch. webcrawler. search.kiwee. searches.vi-view. search.webssearches. search.fbdownloader. searches3.globososo. search.avast. isearch.babylon. start.facemoods. start.funmoods. search.magentic. search.searchcompletion. searchmobileonline. isearch.glarysoft. search.chatzum. home.speedbit. search.b1.org searchya. search.handycafe. search.v9. search.iminent. utorrent.inspsearch. govome.inspsearch.
jungle_key junglekey. junglekey.fr
jungle_spider jungle-spider.de
junior_safe_search juniorsafesearch.
jyxo jyxo.1188.cz
k9_safe_search k9safesearch.
karma karmasearch.org
la_toile_du_québec_(google) toile. web.toile.
lo.st
local_moxie localmoxie.
maailm.
mailru go.mail.ru
meinestadt.de
meta.ua
metacrawler_de s1.metacrawler.de s2.metacrawler.de s3.metacrawler.de
metager meta.rrzn.uni-hannover.de
mister_wong mister-wong. mister-wong.de
mywebsearch mysearch. ms114.mysearch. ms146.mysearch. kf.mysearch.myway. ki.mysearch.myway. search.myway.
najdi.si
needtofind ko.search.need2find.
nifty search.azby.fmworld.net
nifty_videos videosearch.nifty.
onet.pl szukaj.onet.pl
online.no
onlysearch only-search.
opplysningen_1881 1881.no
orange lemoteur.ke.voila.fr
poisk.ru
qip.ru search.qip.ru
road_runner search.rr.
scour.
search.ch
search.
seznam_videa videa.seznam.cz
sm.cn sm.cn so.m.sm.cn sp.sm.cn yz.m.sm.cn quark.sm.cn
sm.de
snap.do search.snap.do
so-net_videos video.so-net.ne.jp
startpage s6-eu5.ixquick. startpagel6srwcjlue4zgq3zevrujfaow726kjytqbbjyrswwmjzcqd.onion
startpagina_(google) startgoogle.startpagina.nl
suche.info
suchmaschine.
surf_canyon surfcanyon.
toppreise.ch toppreise.ch fr.toppreise.ch de.toppreise.ch en.toppreise.ch
tusk_search tusksearch.
trouvez.
trusted_search trusted-search.
uol.com.br busca.uol.com.br
url.organzier url.org
voila lemoteur.fr
web.de suche.web.de
web.nl
wirtualna_polska szukaj.wp.pl
www_värav search.www.ee
yahoo! search.yahoo. malaysia.search.yahoo. {}.search.yahoo. cade.yahoo. espanol.search.yahoo. one.cn.yahoo. r.search.yahoo. cercato.it search.offerbox. benefind.de ys.mirostart.
yahoo!_directory search.yahoo.com/search/dir
yahoo!_images images.search.yahoo. {}.images.yahoo. cade.images.yahoo. espanol.images.yahoo.
yahoo!_japan search.yahoo.co.jp jp.hao123. home.kingsoft.jp jwsearch.jword.jp
yahoo!_japan_images image.search.yahoo.co.jp
yahoo!_japan_videos video.search.yahoo.co.jp
yandex ya.ru
yandex_images images.yandex. images.yandex.{}
zapmeta zapmetasearch.{}
묻지마_검색 kwzf.net`,
  social: `*. facebook badoo bebo bilibili blackplanet buzznet global.cyworld discord douyin douyu github douban dribbble fetlife flickr flixster fotolog foursquare friendster hi5 huya instagram lang-8 linkedin livejournal missevan multiply myheritage myspace myyearbook netlog orkut peepeth pinterest plaxo reddit renren skyrock snapchat soundcloud stackoverflow login.tagged threads tiktok tuenti tumblr twitter stumbleupon youtube v2ex viadeo vimeo wayn wechat weibo weeworld workplace xanga xing
pinterest.* ca ch co.uk com.au de dk es fr ie info jp nz pt se
mastodon.* social cloud technology xyz at art online scot world nz eus
pixelfed.* social de uno
*.net meinvz studivz threads sourceforge
*.ru livejournal mylife odnoklassniki vkontakte
*.android linkedin com.snapchat
*.jp gree mixi
* discord.gg hyves.nl com.reddit.frontpage web.telegram.org org.telegram.messenger
bluesky bsky.app skyfeed.app
classmates.
discord discordapp.
gaia_online gaiaonline.
geni.
google+ plus.google. url.google. com.google.android.apps.plus
facebook fb.me
friends_reunited friendsreunited.
haboo habbo.
hacker_news news.ycombinator.
identi.ca
last.fm last.fm lastfm.ru lastfm.de lastfm.es lastfm.fr lastfm.it lastfm.jp lastfm.pl lastfm.com.br lastfm.se lastfm.com.tr
linkedin lnkd.in
mastodon mamot.fr pawoo.net mstdn.io mstdn.jp friends.nico ro-mastodon.puyo.jp quey.org botsin.space social.tchncs.de knzk.me mastodont.cat bitcoinhackers.org fosstodon.org chaos.social cybre.space vis.social typo.social front-end.social hachyderm.io newsie.social mstdn.social indieweb.social sfba.social mas.to mstdn.party c.im mastodonapp.uk universeodon. social.vivaldi.net ohai.social toot.community masto.ai graphics.social org.joinmastodon.android mastodon.jalgi.eus tkm.eus
moikrug.ru
my.mail.ru
nasza-klasa.pl nk.pl
niconico nicovideo.jp
ozone qzone.qq.
pixelfed pxlmo. metapixl. pix.toot.wales pixey.org
sonico.
soundcloud gate.sc
taringa! taringa.net
tumblr t.umblr.
twitcast twitcasting.tv
twitter t.co x.
vkontakte vk.
youtube youtu.be
vkrugudruzei.ru
wechat mp.weixin.qq. open.weixin.qq. channels.weixin.qq.
weibo t.cn
windows_live_spaces login.live.`,
  ai: `*. chatgpt you chat.deepseek grok app.writesonic
*.ai perplexity claude iask app.jasper chat.qwen
* chatglm.cn
chatgpt chat.openai. labs.openai.
baidu_ai yiyan.baidu. ai.baidu.
chat+ chatplus. chat-gpt.org
copilot copilot.microsoft.
duck.ai
gemini gemini.google. bard.google.
grok x.com/i/grok
le_chat chat.mistral.ai
meta_ai meta.ai
notebooklm notebooklm.google.`,
};
