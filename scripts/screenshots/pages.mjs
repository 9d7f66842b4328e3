/** Every page with its address in the running stack, and what has to be done for it to be seen. */

const recordId = '93';

export async function listPages({ kith, webUrl, crmUrl }) {
  const at = (path) => `${webUrl}/#${path}`;
  const [thread, chat] = await Promise.all([conversationOf(kith, 'email'), conversationOf(kith, 'whatsapp')]);
  const [participant] = (await kith.read.records.participants.query({ recordId, limit: 1 })).items;
  const [account] = (await kith.read.accounts.list.query({})).items;
  const inRecord = (conversationId) => at(`/records/${recordId}/conversations/${conversationId}`);
  return [
    { name: 'sign-in', url: webUrl, prepare: { before: withoutKey } },
    { name: 'records', url: at('/') },
    { name: 'record', url: at(`/records/${recordId}`) },
    { name: 'record-missing', url: at('/records/nobody') },
    { name: 'thread', url: inRecord(thread) },
    { name: 'chat', url: inRecord(chat) },
    { name: 'conversation', url: at(`/conversations/${thread}`) },
    { name: 'review', url: at('/review') },
    { name: 'participants', url: at('/participants') },
    { name: 'participant', url: at(`/participants/${participant.id}`) },
    { name: 'accounts', url: at('/accounts') },
    { name: 'account', url: at(`/accounts/${account.accountId}`) },
    { name: 'connect', url: at('/accounts/connect') },
    { name: 'overview', url: at('/overview') },
    { name: 'history', url: at('/history') },
    { name: 'palette', url: at(`/records/${recordId}`), prepare: { after: openPalette } },
    { name: 'keyboard', url: at('/review'), prepare: { after: (page) => page.keyboard.press('?') } },
    {
      name: 'offline',
      url: at(`/records/${recordId}`),
      prepare: { after: goOffline, end: (page) => page.context().setOffline(false) },
    },
    { name: 'crm', url: crmUrl },
  ];
}

async function conversationOf(kith, channel) {
  const { items } = await kith.read.records.conversations.query({ recordId, channels: [channel], limit: 20 });
  return items.toSorted((a, b) => b.messageCount - a.messageCount)[0]?.id;
}

/** As the page is on another machine, where nobody hands out a key. */
function withoutKey(page) {
  return page.route('**/config.json', async (route) => {
    const { apiKey: _, ...config } = await (await route.fetch()).json();
    await route.fulfill({ json: config });
  });
}

async function openPalette(page) {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search' }).fill('an');
  await page.getByRole('option').first().waitFor();
}

async function goOffline(page) {
  await page.context().setOffline(true);
  await page.getByText('You are offline.').waitFor();
}
