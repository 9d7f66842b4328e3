import { expect, test } from 'vitest';
import { classifyEmail } from './classify-email.ts';

const words = (text: string): string[] => text.trim().split(/\s+/);

const machines = words(`
  noreply no-reply no_reply no.reply noreply123 noreply+abc donotreply do-not-reply dontreply
  comments-noreply messages-noreply noreply-orders noreply.jane githubnoreply
  nicht-antworten bitte-nicht-antworten keine-antwort nepasrepondre ne-pas-répondre
  no_responder noresponda não-responda nao.responder non-rispondere niet-beantwoorden
  svara-inte svar-ikke nie-odpowiadaj ne-otvechat
  mailer-daemon mailerdaemon postmaster daemon root nobody cron listserv automated
  bounce bounces bounces+123=x=y.com bounce-md_3012.6719-v1 list-bounces+ana=lima.example
  return-1-ana=lima.example srs0=ab=cd=lima.example=ana prvs=12ab=ana
  notification notifications calendar-notification notify alerts auto-reply auto-confirm
  newsletter reply+3f2a unsubscribe benachrichtigungen
`);
const offices = words(`
  info info2 info+web info-de sales sales+emea sales.emea contact contact-us contact-form
  hello hi team support support.fr office billing hr jobs careers
  press customer.service customer-support accounts-payable admin webmaster abuse privacy
  kontakt vertrieb buchhaltung büro buero rechnungen bewerbung kundenservice
  accueil commercial comptabilité recrutement service-client
  ventas contacto información facturación atencion-al-cliente rrhh
  contato vendas atendimento financeiro vendite amministrazione ufficio-stampa
  verkoop klantenservice biuro sprzedaż kundservice myynti obchod satis
`);
const persons = words(`
  ana ana.lima a.lima al ana+sales ana+noreply analima84 josé
  mark.sales bounce.smith smith.bounce alert.jones bruno.reply steve.jobs hello.kitty
  team.rocket jack.daemon.smith salesman.joe infobert h.r dev.patel art ola.nordmann
  june.office press.freeman ana=lima 123456 用户
`);

test.each(machines)('%s@ is a machine’s', (local) => {
  expect(classifyEmail(`${local}@acme.example`)).toBe('machine');
});

test.each(offices)('%s@ is an office’s', (local) => {
  expect(classifyEmail(`${local}@acme.example`)).toBe('role');
});

test.each(persons)('%s@ may be a person’s', (local) => {
  expect(classifyEmail(`${local}@acme.example`)).toBe('person');
});

test('a subdomain for returned mail makes every mailbox a machine’s, a company of that name does not', () => {
  expect(classifyEmail('ana@bounces.acme.example')).toBe('machine');
  expect(classifyEmail('1234+ana@users.noreply.github.com')).toBe('machine');
  expect(classifyEmail('0102018f-000000@eu-west-1.amazonses.com')).toBe('machine');
  expect(classifyEmail('ana@bounce.com')).toBe('person');
  expect(classifyEmail('ana@bounce.co.uk')).toBe('person');
});

test('whatever the text, there is an answer', () => {
  for (const text of ['', '@', 'noreply', '@noreply', '=', '+++@x', 'a='.repeat(500_000)]) {
    expect(['person', 'role', 'machine']).toContain(classifyEmail(text));
  }
});
