import type { ProviderGuide } from './guide.ts';
import { mailboxHistory, mailboxPassword, mailboxSettings } from './mailbox.ts';

/** Kith answers the subscription of a listed topic by itself, so the account has to be there before the subscription. */
export const ses: ProviderGuide = {
  name: 'Amazon SES',
  channels: ['email'],
  summary: 'Mail that Amazon SES receives and publishes to an SNS topic',
  before: [
    'In the Amazon SNS console, create a *Standard* topic in the region where SES receives your mail, and copy its *ARN*.',
  ],
  after: [
    'In SNS, *Create subscription* of the topic: protocol *HTTPS*, *Enable raw message delivery* off, and this address as *Endpoint*: {url}',
    'Wait until its status is *Confirmed*: Kith confirms it by itself within seconds.',
    'In Amazon SES, under *Email receiving*, add a receipt rule with the action *Publish to Amazon SNS topic*, encoding *Base64*.',
    'SES publishes mails up to 150 KB this way; larger ones do not arrive.',
  ],
  secrets: [
    {
      key: 'topicArns',
      label: 'Topic ARNs',
      hint: 'One a line: only these topics may post here.',
      isRequired: true,
      form: 'lines',
      example: 'arn:aws:sns:eu-west-1:123456789012:mail',
    },
    mailboxPassword,
  ],
  settings: mailboxSettings,
  history: mailboxHistory,
};
