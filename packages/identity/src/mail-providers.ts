/*
 * Domains whose mail belongs to persons, not to a company: free and internet providers' mail, and disposable
 * addresses.
 *
 * The lists are those of two packages, read when they are first asked (about 6 ms and 3 MB). What the first lacks or
 * has too much is below: its source is what people once signed up with, which includes a few companies.
 */
import { createRequire } from 'node:module';
import type * as DisposableDomains from 'disposable-email-domains-js';

const require = createRequire(import.meta.url);
let free: ReadonlySet<string> | undefined;
let disposable: ReadonlySet<string> | undefined;

const words = (text: string): string[] => text.trim().split(/\s+/);

/** Whether everybody can have an address at this domain. */
export function isFreeMail(domain: string): boolean {
  free ??= withoutCompanies([...(require('email-providers/all.json') as string[]), ...missingProviders]);
  return free.has(domain) || isCountryBrand(domain);
}

/** Whether this domain's addresses are thrown away after use. */
export function isDisposable(domain: string): boolean {
  disposable ??= (
    require('disposable-email-domains-js') as typeof DisposableDomains
  ).disposableEmailBlocklistSet();
  return disposable.has(domain);
}

// These give mail under many countries' endings: `yahoo.ro`, `hotmail.co.za`, `gmx.li`, `live.com.mx`.
const brand =
  /^(?:yahoo|ymail|hotmail|live|msn|outlook|gmx|posteo|fastmail|yandex|googlemail|tiscali|lycos|walla)$/;
const countryEnding = /^(?:com?|net)?\.?[a-z]{2}$/;

function isCountryBrand(domain: string): boolean {
  const dot = domain.indexOf('.');
  return brand.test(domain.slice(0, dot)) && countryEnding.test(domain.slice(dot + 1));
}

function withoutCompanies(domains: readonly string[]): ReadonlySet<string> {
  const kept = new Set(domains);
  for (const domain of companies) kept.delete(domain);
  return kept;
}

const missingProviders = words(`
  fastmail.com fastmail.fm fastmail.net fastmail.org posteo.de posteo.net tuta.io tuta.com tutanota.com tutanota.de
  tutamail.com keemail.me proton.me pm.me protonmail.ch mailfence.com mailbox.org hey.com duck.com mozmail.com
  privaterelay.appleid.com anonaddy.me simplelogin.com startmail.com disroot.org riseup.net zohomail.com zohomail.eu
  mm.st f-m.fm imap.cc imapmail.org fast-mail.org myfastmail.com ssl-mail.com openmailbox.org my.com googlegroups.com
  skiff.com ctemplar.com runbox.com kolabnow.com mykolab.com soverin.net cock.li
  gmail.com googlemail.com icloud.com me.com mac.com aol.com aol.de aol.fr aol.co.uk aim.com rocketmail.com
  outlook.com hotmail.com live.com msn.com yahoo.com ymail.com gmx.com gmx.net passport.com windowslive.com
  web.de t-online.de freenet.de arcor.de vodafone.de vodafonemail.de 1und1.de online.de onlinehome.de o2online.de
  o2mail.de kabelmail.de unitybox.de ewe.net ewetel.net osnanet.de htp-tel.de netcologne.de mnet-online.de
  mail.de email.de e-mail.de directbox.com t-email.de magenta.de alice-dsl.net alice.de versanet.de
  gmx.at aon.at chello.at a1.net utanet.at inode.at drei.at kabsi.at liwest.at
  bluewin.ch sunrise.ch hispeed.ch gmx.ch swissonline.ch hotmail.ch green.ch quickline.ch netplus.ch
  orange.fr wanadoo.fr free.fr sfr.fr neuf.fr laposte.net bbox.fr bouyguestelecom.fr numericable.fr noos.fr
  club-internet.fr aliceadsl.fr cegetel.net 9online.fr voila.fr nordnet.fr ozone.net net-c.com net-c.fr net-c.be net-c.it net-c.es net-c.nl netc.fr netc.eu netc.it netcourrier.com
  skynet.be telenet.be proximus.be scarlet.be voo.be base.be belgacom.net pandora.be
  ziggo.nl kpnmail.nl kpnplanet.nl planet.nl xs4all.nl hetnet.nl home.nl upcmail.nl quicknet.nl casema.nl chello.nl
  tele2.nl telfort.nl zonnet.nl online.nl solcon.nl caiway.nl freedom.nl upc.nl versatel.nl vodafonethuis.nl wanadoo.nl scarlet.nl pt.lu internet.lu vo.lu
  libero.it virgilio.it tin.it alice.it tim.it iol.it inwind.it blu.it fastwebnet.it tiscali.it email.it aruba.it
  poste.it vodafone.it teletu.it pec.it legalmail.it
  telefonica.net terra.es ono.com ya.com wanadoo.es orange.es movistar.es euskaltel.net mundo-r.com jazztel.es
  sapo.pt clix.pt iol.pt netcabo.pt telepac.pt mail.pt vodafone.pt meo.pt nos.pt zonmail.pt
  uol.com.br bol.com.br terra.com.br ig.com.br globo.com globomail.com r7.com oi.com.br zipmail.com.br itelefonica.com.br
  superig.com.br ibest.com.br veloxmail.com.br
  prodigy.net.mx telmexmail.com infinitum.com.mx fibertel.com.ar speedy.com.ar arnet.com.ar ciudad.com.ar vtr.net
  une.net.co etb.net.co cantv.net adinet.com.uy
  btinternet.com btopenworld.com talktalk.net sky.com virginmedia.com virgin.net ntlworld.com blueyonder.co.uk
  plus.com plus.net tiscali.co.uk freeserve.co.uk orange.net zen.co.uk o2.co.uk vodafone.net hotmail.co.uk
  eircom.net eir.ie upcmail.ie vodafone.ie
  telia.com bredband.net bredband2.com comhem.se spray.se tele2.se hotmail.se home.se glocalnet.net
  online.no broadpark.no frisurf.no start.no getmail.no lyse.net sf-nett.no epost.no
  mail.dk jubii.dk tdcadsl.dk stofanet.dk youmail.dk webspeed.dk ofir.dk get2net.dk privat.dk
  kolumbus.fi elisanet.fi saunalahti.fi welho.com suomi24.fi luukku.com pp.inet.fi netti.fi dnainternet.net
  seznam.cz email.cz centrum.cz atlas.cz post.cz volny.cz quick.cz tiscali.cz centrum.sk azet.sk zoznam.sk post.sk
  wp.pl o2.pl onet.pl onet.com.pl onet.eu op.pl poczta.onet.pl vp.pl interia.pl interia.eu poczta.fm gazeta.pl tlen.pl go2.pl
  poczta.pl spoko.pl autograf.pl
  freemail.hu citromail.hu indamail.hu vipmail.hu t-online.hu upcmail.hu digikabel.hu
  abv.bg mail.bg dir.bg gbg.bg siol.net t-2.net amis.net net.hr inet.hr optinet.hr vip.hr eunet.rs ptt.rs sbb.rs
  inbox.lv mail.ee hot.ee inbox.lt one.lt delfi.lt one.lv apollo.lv
  forthnet.gr otenet.gr freemail.gr in.gr mail.gr
  mail.ru bk.ru inbox.ru list.ru internet.ru yandex.ru ya.ru rambler.ru lenta.ru autorambler.ru myrambler.ru ro.ru
  narod.ru mail.ua ukr.net i.ua meta.ua bigmir.net email.ua tut.by nur.kz mail.kz km.ru e-mail.ua
  mynet.com superonline.com ttmail.com turk.net walla.co.il walla.com netvision.net.il 012.net.il bezeqint.net
  rediffmail.com rediff.com indiatimes.com sify.com vsnl.net in.com
  qq.com foxmail.com vip.qq.com 163.com 126.com yeah.net sina.com sina.cn sohu.com 139.com 189.cn wo.cn wo.com.cn 21cn.com sogou.com
  aliyun.com tom.com 263.net hotmail.com.hk netvigator.com pchome.com.tw hinet.net seed.net.tw yam.com
  naver.com hanmail.net daum.net nate.com kakao.com korea.com dreamwiz.com chol.com kornet.net hanafos.com
  hanmir.com freechal.com netsgo.com unitel.co.kr
  docomo.ne.jp ezweb.ne.jp au.com softbank.ne.jp i.softbank.jp vodafone.ne.jp ymobile.ne.jp nifty.com nifty.ne.jp
  biglobe.ne.jp ocn.ne.jp so-net.ne.jp plala.or.jp dion.ne.jp odn.ne.jp infoseek.jp excite.co.jp goo.jp mail.goo.ne.jp
  auone-net.jp eonet.ne.jp jcom.home.ne.jp jcom.zaq.ne.jp zaq.ne.jp ybb.ne.jp rakumail.jp uqmobile.jp mineo.jp
  asahi-net.or.jp hi-ho.ne.jp iij4u.or.jp sakura.ne.jp wakwak.com tiki.ne.jp livedoor.com
  infoseek.co.jp odn.ad.jp mesh.ad.jp dti.ne.jp bbtec.net pdx.ne.jp wcm.ne.jp willcom.com emobile.ne.jp ymail.ne.jp
  pikara.ne.jp megaegg.ne.jp gol.com
  singnet.com.sg starhub.net.sg pacific.net.sg streamyx.com tm.net.my vnn.vn fpt.vn
  bigpond.com bigpond.net bigpond.au bigpond.net.au bigpond.com.au optusnet.com.au iinet.net.au tpg.com.au ozemail.com.au internode.on.net
  dodo.com.au westnet.com.au adam.com.au xtra.co.nz slingshot.co.nz orcon.net.nz clear.net.nz vodafone.co.nz
  telkomsa.net mweb.co.za webmail.co.za vodamail.co.za iafrica.com
  comcast.net xfinity.com verizon.net att.net sbcglobal.net bellsouth.net pacbell.net ameritech.net swbell.net cox.net
  charter.net spectrum.net twc.com rr.com roadrunner.com earthlink.net mindspring.com juno.com netzero.net netzero.com
  frontier.com frontiernet.net windstream.net centurylink.net embarqmail.com q.com optonline.net optimum.net
  cableone.net suddenlink.net mediacombb.net wowway.com rcn.com ptd.net zoominternet.net hughes.net cableone.net
  tds.net consolidated.net usa.net mail.com email.com inbox.com lavabit.com hushmail.com safe-mail.net
  bell.net sympatico.ca rogers.com shaw.ca telus.net videotron.ca cogeco.ca eastlink.ca sasktel.net mts.net nb.sympatico.ca
`);

// Companies, universities, towns and names for examples, which the package takes for mail providers.
const companies = words(`
  about.com airforce.net alibaba.com ancestry.com app-expert.com aver.com berlin.de bt.com btconnect.com check.com
  cityoflondon.org discovery.com dnsmadeeasy.com easypost.com emailengine.net enel.net etgdev.de everyone.net
  example.com games.com manager.de medscape.com name.com oath.com postmark.net sfgov.net singpost.com stade.fr
  swissinfo.org techspot.com telstra.com test.com test.de uni.de unican.es upf.org
`);
