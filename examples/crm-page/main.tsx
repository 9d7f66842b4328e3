/*
 * A contact's page of somebody else's CRM, with the timeline of Kith in it: the host brings its own typography and its
 * own colours (crm.css), Kith the conversations.
 *
 * `/kith.json` tells the page where Kith is and with which key, as the host's server would once the person has signed in
 * there. A key sees its whole workspace: hand it only to pages of people who may see all of it.
 */
import { createKithClient } from '@kith/client';
import { KithProvider, RecordTimeline } from '@kith/react';
import '@kith/react/styles.css';
import './crm.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

const contact = {
  id: '93',
  name: 'Ana Lima',
  company: 'Lima Ceramics',
  owner: 'Jonas Weber',
  stage: 'Offer sent',
};

const { queryUrl, resolverUrl, apiKey } = (await (await fetch('/kith.json')).json()) as {
  queryUrl: string;
  resolverUrl: string;
  apiKey: string;
};
const kith = createKithClient({ queryUrl, resolverUrl, apiKey });

function ContactPage() {
  return (
    <>
      <header className="masthead">
        <strong>Harbour</strong>
        <nav aria-label="Harbour">
          <a href="#contacts">Contacts</a>
          <a href="#deals">Deals</a>
          <a href="#tasks">Tasks</a>
        </nav>
      </header>
      <main>
        <aside aria-label="Contact">
          <h1>{contact.name}</h1>
          <p>{contact.company}</p>
          <dl>
            <dt>Owner</dt>
            <dd>{contact.owner}</dd>
            <dt>Stage</dt>
            <dd>{contact.stage}</dd>
          </dl>
        </aside>
        <section aria-labelledby="conversations">
          <h2 id="conversations">Conversations</h2>
          <div className="conversations">
            <KithProvider client={kith} theme="light">
              <RecordTimeline recordId={contact.id} />
            </KithProvider>
          </div>
        </section>
      </main>
    </>
  );
}

const element = document.getElementById('crm');
if (element === null) throw new Error('index.html has no element "crm"');
createRoot(element).render(
  <StrictMode>
    <ContactPage />
  </StrictMode>,
);
