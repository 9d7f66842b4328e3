/*
 * Who lives in the demo workspace: the contacts and leads of a company that sells delivery planning software, its own
 * team, and people who write without being anybody's record.
 *
 * All domains are under `.example`, which nobody can register (RFC 2606). Two records share one address, so that
 * something is ambiguous; three hold a second address.
 */
import type { Mailbox } from '../mail/mail.ts';

/** A contact or lead as the CRM knows it. */
export interface Person {
  recordId: string;
  name: string;
  company: string;
  emails: [string, ...string[]];
  phone: string;
}

/** The company's own people; each writes from an address that an account lists as its own. */
export const team = {
  support: { name: 'Acme Support', address: 'support@acme.example' },
  tomas: { name: 'Tomas Berg', address: 'tomas.berg@acme.example' },
  nora: { name: 'Nora Field', address: 'nora.field@acme.example' },
  sales: { name: 'Acme Sales', address: 'sales@acme.example' },
  jo: { name: 'Jo Park', address: 'jo.park@acme.example' },
} as const satisfies Record<string, Mailbox>;

/** People who write to the company and are no record: their participants stay unlinked. */
export const strangers: readonly Mailbox[] = [
  { name: 'Marcus Bell', address: 'marcus.bell@freightforum.example' },
  { name: 'Inês Carvalho', address: 'ines@carvalho-advogados.example' },
  { name: null, address: 'accounts-payable@globex.example' },
  { name: 'Devon Price', address: 'devon.price@jobs-and-more.example' },
  { name: 'Hélène Marchand', address: 'helene@marchand-conseil.example' },
];

/** Who sends the newsletter that nobody remembers ordering. */
export const newsletterSender: Mailbox = { name: 'Harbour Weekly', address: 'digest@harbour-weekly.example' };

/** Whose page the demo leads to: Ana Lima. */
export const shownRecordId = '93';

/** The address that two records hold. */
export const sharedAddress = 'office@harbour-dental.example';

export const contacts: readonly Person[] = parsePeople(`
93 | Ana Lima | Lima Comércio | ana@lima.example | +55 11 98765-4321
12 | Zoë Müller | Müller & Söhne Spedition | zoe.mueller@mueller-spedition.example | +49 30 23125 401
17 | Łukasz Wójcik | Wójcik Transport | lukasz@wojcik.example l.wojcik@gmail.example | +48 22 555 01 17
21 | Søren Østergaard | Nordhavn Fragt | soren@nordhavn.example | +45 32 55 01 21
24 | Chloé Lefèvre | Atelier Lefèvre | chloe.lefevre@atelier-lefevre.example | +33 1 99 00 24 24
29 | José Ángel García | Frutas del Sur | joseangel@frutasdelsur.example | +34 912 555 029
31 | Мария Иванова | Балтика Логистик | m.ivanova@baltika-logistik.example | +372 5555 0131
36 | 田中 美咲 | Tanaka Freight | misaki.tanaka@tanaka-freight.example | +81 3 5550 0136
38 | أحمد الخطيب | Khatib Trading | ahmad@khatib-trading.example | +971 4 555 0138
42 | Đặng Thị Mai | Mai Seafood | mai.dang@maiseafood.example | +84 28 5555 0142
44 | İbrahim Yılmaz | Yılmaz Lojistik | ibrahim@yilmaz-lojistik.example | +90 212 555 0144
47 | Siobhán O'Neill | O'Neill Couriers | siobhan@oneill-couriers.example siobhan.oneill@mail.example | +353 1 555 0147
50 | James Whitfield | Whitfield & Co | james@whitfield.example | +44 20 7946 0150
53 | Priya Raghunathan | Coastal Fresh | priya@coastalfresh.example | +91 22 5555 0153
55 | Daniel Okafor | Okafor Distribution | daniel.okafor@okafor.example | +234 803 555 0155
58 | Grace Chen | Pacific Parcel | grace.chen@pacificparcel.example | +1 415 555 0158
61 | Tom Hendricks | Hendricks Hardware | tom@hendrickshardware.example | +1 312 555 0161
64 | Beatriz Nuñez | Viñedos Nuñez | beatriz@vinedosnunez.example | +56 2 2555 0164
66 | Mikael Lindqvist | Lindqvist Möbler | mikael@lindqvist-mobler.example | +46 8 555 010 66
69 | Katarzyna Zielińska | Zielińska Foods | k.zielinska@zielinska-foods.example | +48 12 555 01 69
72 | Marco Di Stefano | Di Stefano Vini | marco@distefano-vini.example | +39 02 5550 172
75 | Eva Horváthová | Tatra Papier | eva.horvathova@tatra-papier.example | +421 2 5555 0175
77 | Ole Kristiansen | Fjord Seafood Supply | ole@fjordsupply.example | +47 22 55 01 77
80 | Hannah Goldberg | Goldberg Books | hannah@goldbergbooks.example | +1 617 555 0180
83 | Rashid Mahmood | Mahmood Textiles | rashid@mahmood-textiles.example | +92 21 5550 0183
86 | Ingrid van der Berg | Van der Berg Bloemen | ingrid@vdbbloemen.example | +31 20 555 0186
88 | Peter Novák | Novák Autodíly | peter.novak@novak-autodily.example | +420 2 5550 0188
90 | Yuki Sato | Sato Instruments | yuki.sato@sato-instruments.example | +81 6 5550 0190
91 | Lerato Dlamini | Highveld Grocers | lerato@highveldgrocers.example | +27 11 555 0191
95 | Miguel Ferreira | Ferreira Cortiça | miguel@ferreira-cortica.example miguel.ferreira@post.example | +351 21 555 0195
98 | Nadia Benali | Benali Import | nadia@benali-import.example | +212 5 2255 0198
101 | Oliver Grant | Grant Medical Supplies | oliver.grant@grantmedical.example | +44 20 7946 0201
104 | Sofia Papadopoulou | Aegean Olive | sofia@aegeanolive.example | +30 21 0555 0104
107 | Henrik Virtanen | Virtanen Puu | henrik@virtanen-puu.example | +358 9 555 0107
109 | Caroline Dubois | Dubois Pâtisserie | caroline@dubois-patisserie.example | +33 1 99 00 01 09
112 | Wei Zhang | Harbour Electronics | wei.zhang@harbour-electronics.example | +852 5555 0112
115 | Emily Carter | Carter Pet Food | emily@carterpetfood.example | +1 206 555 0115
118 | Anton Kovač | Kovač Gradnja | anton@kovac-gradnja.example | +385 1 555 0118
121 | Fatima Al-Sayed | Nile Paper | fatima@nilepaper.example | +20 2 5555 0121
124 | Ryan O'Connor | O'Connor Brewing | ryan@oconnorbrewing.example | +1 503 555 0124
127 | Isabel Moreira | Moreira Cerâmica | isabel@moreira-ceramica.example | +351 22 555 0127
130 | Stefan Bauer | Bauer Kältetechnik | stefan.bauer@bauer-kaelte.example | +49 89 23125 430
133 | Julia Andersson | Andersson Bageri | julia@andersson-bageri.example | +46 31 555 0133
136 | Thomas Leclerc | Leclerc Pièces Auto | thomas@leclerc-pieces.example | +33 1 99 00 01 36
139 | Aisha Mohammed | Savanna Coffee | aisha@savannacoffee.example | +254 20 555 0139
142 | Robert Kessler | Harbour Dental | office@harbour-dental.example | +1 401 555 0142
143 | Linda Kessler | Harbour Dental | office@harbour-dental.example linda@harbour-dental.example | +1 401 555 0143
146 | Gábor Szabó | Szabó Nyomda | gabor@szabo-nyomda.example | +36 1 555 0146
149 | Claire Beaumont | Beaumont Optics | claire@beaumont-optics.example | +44 161 496 0149
152 | Dmytro Shevchenko | Kyiv Cargo | dmytro@kyivcargo.example | +380 44 555 0152
`);

export const leads: readonly Person[] = parsePeople(`
7004 | Megan Holloway | Holloway Interiors | megan@holloway-interiors.example | +44 113 496 0704
7009 | Andrés Peña | Peña Maquinaria | andres@pena-maquinaria.example | +52 55 5555 0709
7013 | Nils Bergström | Bergström Cykel | nils@bergstrom-cykel.example | +46 40 555 0713
7018 | Victoria Adeyemi | Adeyemi Cosmetics | victoria@adeyemi-cosmetics.example | +234 803 555 0718
7022 | Kenji Watanabe | Watanabe Tea | kenji@watanabe-tea.example | +81 75 555 0722
7025 | Françoise Rey | Rey Horlogerie | francoise@rey-horlogerie.example | +41 22 555 07 25
7031 | Paul Whitaker | Whitaker Sails | paul@whitakersails.example | +64 9 555 0731
7036 | Elif Demir | Demir Seramik | elif@demir-seramik.example | +90 232 555 0736
7040 | Sam Rivera | Rivera Roasters | sam@riveraroasters.example | +1 512 555 0740
7044 | Ewa Nowak | Nowak Zabawki | ewa@nowak-zabawki.example | +48 61 555 07 44
`);

/** How a person signs mail from one of their addresses. */
export function mailboxOf(person: Person, address: string = person.emails[0]): Mailbox {
  return { name: person.name, address };
}

/** The name one says hello with. Family names come first in Japanese, so the second word is meant there. */
export function firstName(person: Person): string {
  if (person.name === '') return 'there';
  const words = person.name.split(' ');
  return (/^\p{Script=Han}/u.test(person.name) ? words[1] : words[0]) ?? person.name;
}

/** A public profile's name as LinkedIn makes them: ASCII, from the address, since names come in every script. */
export function linkedinSlug({ name, emails }: Person): string {
  const [local = '', domain = ''] = emails[0].split('@');
  const who =
    emails[0] === sharedAddress ? name.toLowerCase().replaceAll(' ', '-') : local.replaceAll('.', '-');
  return `${who}-${domain.replace('.example', '')}`;
}

/** One person per line: record id, name, company, addresses, phone. */
function parsePeople(table: string): Person[] {
  return table
    .trim()
    .split('\n')
    .map((line) => {
      const [recordId = '', name = '', company = '', addresses = '', phone = ''] = line.split(' | ');
      const [first = '', ...others] = addresses.split(' ');
      return { recordId, name, company, emails: [first, ...others], phone };
    });
}
