import type { ReadOutputs, SyncPart } from '@kith/client';
import { ChannelMark, Moment, ProgressBar, useNow } from '@kith/react/parts';
import { Fragment } from 'react';
import { hrefOf, paths } from '../shell/links.ts';
import type { Account } from './account-form.ts';
import { AccountingBar } from './accounting-view.tsx';
import { placeOf } from './providers/guide.ts';
import { guides } from './providers/guides.ts';
import { accountingTerms, counted, inFigures, isQuiet, progressInWords } from './words.ts';

type Counts = ReadOutputs['deliveries']['accountingByAccount']['items'][number];

const identifiersShownMax = 2;

/** An account in the list: what it is, when it was last heard of, and what came through it. */
export function AccountRow(props: {
  account: Account;
  counts: Counts | undefined;
  running: SyncPart | undefined;
}) {
  const { account, counts, running } = props;
  const { accountId, channel, provider } = account;
  return (
    <li className="account-row">
      <div className="account-who">
        <ChannelMark channel={channel} />
        <div>
          <a href={hrefOf(paths.account(accountId))}>{accountId}</a>
          <span className="account-provider">{guides[provider].name}</span>
          <span className="account-detail">{ownInWords(account)}</span>
        </div>
      </div>
      <LastDelivery account={account} />
      <div className="account-counts">
        {counts !== undefined && <Sum counts={counts} accountId={accountId} />}
      </div>
      {running !== undefined && <Running part={running} />}
    </li>
  );
}

/** Identifiers that people know each other by, before those that only machines do. */
const readableKinds: readonly string[] = ['email', 'phone', 'linkedin_public'];

function ownInWords({ identifiers }: Account): string {
  const readable = identifiers.filter(({ kind }) => readableKinds.includes(kind));
  const told = (readable.length > 0 ? readable : identifiers).map(({ value }) => value);
  const more = told.length - identifiersShownMax;
  return [...told.slice(0, identifiersShownMax), ...(more > 0 ? [`${more}\u00a0more`] : [])].join(', ');
}

/** When something last came; nothing yet, and a long silence, say where to look. */
export function LastDelivery({ account }: { account: Account }) {
  const now = useNow();
  const { lastDeliveryAt, provider, accountId } = account;
  if (lastDeliveryAt === null) {
    return (
      <p className="account-last">
        {guides[provider].isPullOnly === true ? (
          'Nothing fetched yet'
        ) : (
          <>
            Nothing yet.{' '}
            <a href={hrefOf(paths.account(accountId))}>Set it up at {placeOf(guides[provider])}</a>
          </>
        )}
      </p>
    );
  }
  return (
    <p className="account-last">
      Last delivery <Moment at={lastDeliveryAt} />
      {isQuiet(account, now) && (
        <span className="account-quiet">Quiet for over a week. If that is unusual, look at its webhook.</span>
      )}
    </p>
  );
}

function Sum({ counts, accountId }: { counts: Counts; accountId: string }) {
  if (counts.accepted === 0) return null;
  const whole = { ...counts, pending: 0 };
  const terms = accountingTerms.filter(({ key }) => whole[key] > 0);
  return (
    <>
      <AccountingBar counts={whole} />
      <span className="account-detail">
        {inFigures(counts.accepted)} accepted ={' '}
        {terms.map(({ key, name }, index) => (
          <Fragment key={key}>
            {index > 0 && ' + '}
            {key === 'deadLettered' ? (
              <a href={hrefOf(paths.account(accountId))}>{counted(whole[key], 'dead letter')}</a>
            ) : (
              `${inFigures(whole[key])} ${name}`
            )}
          </Fragment>
        ))}
      </span>
    </>
  );
}

function Running({ part }: { part: SyncPart }) {
  const words = progressInWords(part);
  return (
    <div className="account-running">
      <span>
        {part.state === 'waiting' ? 'Waits to fetch history' : 'Fetching history'}: {words}
      </span>
      <ProgressBar
        label={`History of ${part.accountId}`}
        value={part.total === null || part.total === 0 ? null : part.fetched / part.total}
      />
    </div>
  );
}
