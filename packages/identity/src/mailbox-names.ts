/*
 * What mailboxes that are not one person's are called, in the languages of our users. Written without accents and
 * without separators: `nepasrepondre` stands for `ne-pas-répondre@` and `ne_pas_repondre@`.
 */

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** How "do not answer" is written; a mailbox whose name has one of these in it is a machine's. */
export const noReplyPhrases = words(`
  noreply noreplies donotreply dontreply neverreply pleasedonotreply donotrespond norespond noresponse noanswer
  donotanswer unmonitored notmonitored
  nichtantworten nichtbeantworten keineantwort antwortenichtmoeglich bittenichtantworten
  nepasrepondre nepasrepondez nerepondezpas pasdereponse sansreponse
  noresponder noresponda norespondas nocontestar noconteste sinrespuesta norespongueu
  naoresponder naoresponda naorespondas semresposta
  nonrispondere norispondere nonrisponda senzarisposta
  nietbeantwoorden nietantwoorden nietreageren geenantwoord
  svarainte svaraej ejsvar svarikke ikkesvar ikkesvare alavastaa eivastausta eivastata
  nieodpowiadaj nieodpowiadac brakodpowiedzi neodpovidat neodpovidejte neodpovedat neodpovedajte neodgovaraj
  nevalaszoljon nemvalaszol nuraspunde nuraspundeti yanitlamayin yanitlama cevaplamayin cevapvermeyin
  neotvechat neotvechayte неотвечать неотвечайте невідповідайте janganbalas tidakdibalas 返信不可 请勿回复 勿回复
`);

/** Mailboxes of machines, when this is the whole name. */
export const machineNames = words(`
  mailerdaemon maildaemon daemon mailer postmaster bounce bounces bouncer returns2sender
  alert alerts automated automatic automailer automail autoreply autoresponder autoresponse autorespond autoanswer
  autoconfirm autonotify autobot bot robot robots cron crond root nobody devnull null system sysmail mailsystem
  wwwdata apache nginx httpd majordomo listserv listserver mailman sympa ezmlm
  newsletter newsletters mailing mailings mailinglist digest digests reply replies replyto unsubscribe unsub
  optout subscribe subscriptions optin confirm confirmation confirmations verify verification
  reminder reminders receipt receipts statements deliverystatus delivery trackingupdates shipmenttracking
  calendar invitations invitation invites messages messaging benachrichtigung benachrichtigungen notificacion
  notificaciones notificacao notificacoes notifica notifiche melding meldingen powiadomienia oznameni bildirim
  hitreply inmailhitreply infomailer newsmailer mailagent mailbot chatbot
`);

/** Words that make a mailbox a machine's wherever they stand in its name: no person is called so. */
export const machineWords = words(`
  notification notifications notify notifier postmaster mailerdaemon bounces autoreply autoresponder automailer
  automated unsubscribe listserv majordomo benachrichtigung benachrichtigungen notificaciones notificacoes notifiche
  powiadomienia
`);

/** Mailboxes that several people read, or whoever holds an office. */
export const roleNames = words(`
  info infos information informations sales presales salesteam contact contacts contactus hello hallo hi hey team
  support supportteam help helpdesk servicedesk service services customer customers customerservice customercare
  customersupport customersuccess client clients clientservices care success office offices billing account accounts
  accounting accountspayable accountsreceivable bookkeeping finance invoice invoices invoicing payments payment
  payroll treasury hr humanresources people jobs job career careers recruiting recruitment recruiter talent hiring
  apply applications press media mediarelations pr marketing comms communications social advertising ads admin admins
  administration administrator administrators webmaster hostmaster webadmin sysadmin abuse security noc privacy gdpr
  dpo dataprotection legal compliance counsel enquiries enquiry inquiries inquiry questions ask feedback complaints
  suggestions order orders shop store ecommerce booking bookings reservations reservation frontdesk reception
  receptionist mail email mailbox general management board partners partner partnerships affiliates resellers vendors
  suppliers purchasing procurement purchase logistics shipping shipment returns warranty repairs tech technical
  techsupport it itsupport ict ops operations devs developer developers engineering devops community events event
  investors investorrelations news editor editors editorial newsroom publishing studio welcome onboarding everyone all
  staff employees company crew school registrar admissions alumni library secretary training academy quality
  members membership memberships volunteer volunteers donations donate fundraising foundation founders founder hq
  headquarters demo trial quote quotes quotation estimates projects project design production warehouse dispatch
  facilities maintenance emergency concierge web website webform contactform form forms enquiryform sponsors
  sponsorship grants research lab labs licensing licenses renewals tenders bids export import trade wholesale retail
  kontakt vertrieb verkauf buchhaltung rechnung rechnungen rechnungswesen faktura bewerbung bewerbungen karriere
  personal personalabteilung presse einkauf verwaltung zentrale empfang sekretariat kundenservice kundendienst
  kundenbetreuung kundencenter kundensupport bestellung bestellungen auftrag auftraege anfrage anfragen auskunft
  beratung datenschutz impressum moin servus gruezi technik werkstatt praxis kanzlei redaktion buero buro termine
  termin versand post poststelle posteingang geschaeftsfuehrung geschaftsfuhrung geschaeftsleitung hausverwaltung
  leitung schulung rezeption reservierung angebot angebote mahnung stellenangebote ausbildung veranstaltungen shopservice
  accueil bonjour salut commercial commerciaux comptabilite compta facturation facture factures recrutement rh
  ressourceshumaines emploi emplois candidature candidatures sav serviceclient serviceclients serviceapresvente
  secretariat direction achats achat commande commandes reservations boutique devis equipe communication juridique
  vente ventes renseignements renseignement standard magasin mairie technique livraison livraisons assistance
  relationclient relationsclients adherents inscription inscriptions formation
  ventas venta contacto contactos informacion hola administracion facturacion contabilidad atencionalcliente
  atencioncliente atencion soporte ayuda empleo empleos rrhh recursoshumanos prensa pedidos pedido reservas compras
  comercial oficina recepcion tienda gerencia direccion equipo servicioalcliente consultas cobranzas cobranza
  tesoreria presupuestos postventa clientes proveedores seleccion
  contato contatos vendas venda atendimento suporte ajuda financeiro faturamento faturacao vagas imprensa
  administrativo administracao contabilidade loja equipe equipa secretaria ouvidoria sac diretoria juridico geral
  encomendas orcamento orcamentos cobranca fornecedores posvenda
  vendite contatti contatto informazioni assistenza amministrazione ufficio fatturazione fatture ordini ordine
  prenotazioni lavoraconnoi risorseumane stampa ufficiostampa commerciale segreteria acquisti clienti servizioclienti
  ciao direzione contabilita preventivi negozio pec spedizioni reclami
  verkoop klantenservice administratie boekhouding facturen factuur vacatures pers receptie inkoop personeelszaken
  secretariaat welkom bestellingen planning klant klantcontact
  biuro sprzedaz ksiegowosc faktury rekrutacja kadry praca sekretariat obsluga obslugaklienta zamowienia sklep pomoc
  prasa handlowy reklamacje marketingteam serwis zapytania oferty
  kundservice kundtjanst kundeservice kundesenter kundetjeneste salg forsaljning saljare ekonomi okonomi regnskab
  regnskap jobb firmapost kontor myynti asiakaspalvelu toimisto laskut laskutus rekry hei hej
  obchod podpora fakturace objednavky prace prodej ucetni uctarna reklamace poptavky obchodni ertekesites
  ugyfelszolgalat iroda szamlazas vanzari comenzi suport
  bilgi iletisim satis destek muhasebe insankaynaklari siparis otdel prodazhi zakaz zakazy инфо продажи заказ поддержка
  toiawase otoiawase eigyo saiyo jinji soumu madoguchi
`);

/** Words that only narrow a role: `sales-emea`, `support.de`, `info-team`, `contact.us`. */
export const roleQualifiers = words(`
  team dept department desk office group center centre global international intl worldwide europe emea apac latam
  americas america asia africa mena dach benelux nordics north south east west central region regional online web
  site us usa uk gb eu de at ch fr be nl lu es pt br mx ar cl co it pl cz sk hu ro bg gr tr se dk no fi ie ca au nz in
  jp cn hk sg kr ae sa za com net org io de-de en desk form und and et y e a der die das la le les des du di da do the
  new main primary public
`);
