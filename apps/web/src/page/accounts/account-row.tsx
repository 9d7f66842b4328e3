import type { ReadOutputs, SyncPart } from '@kith/client';
import { ChannelMark, Moment, ProgressBar, useNow } from '@kith/react/parts';
import { hrefOf, paths } from '../shell/links.ts';
import type { Account } from './account-form.ts';
import { AccountingBar } from './accounting-view.tsx';
import { guides } from './providers/guides.ts';
import { counted, inFigures, isQuiet, progressInWords } from './words.ts';

type Counts = ReadOutputs['deliveries']['accountingByAccount']['items'][number];

const identifiersShownMax = 3;

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
          <span className="account-detail">
            {[guides[provider].name, ...ownInWords(account)].join(' · ')}
          </span>
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

function ownInWords({ identifiers }: Account): string[] {
  const shown = identifiers.slice(0, identifiersShownMax).map(({ value }) => value);
  const more = identifiers.length - shown.length;
  return more > 0 ? [...shown, `${more} more`] : shown;
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
            Nothing yet. <a href={hrefOf(paths.account(accountId))}>Set it up at {guides[provider].name}</a>
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
  const { accepted, stored, duplicate, ignored, deadLettered } = counts;
  if (accepted === 0) return null;
  return (
    <>
      <AccountingBar counts={{ ...counts, pending: 0 }} />
      <span className="account-detail">
        {inFigures(accepted)} accepted = {inFigures(stored)} stored + {inFigures(duplicate)} known already +{' '}
        {inFigures(ignored)} ignored +{' '}
        {deadLettered === 0 ? (
          '0 dead letters'
        ) : (
          <a href={hrefOf(paths.account(accountId))}>{counted(deadLettered, 'dead letter')}</a>
        )}
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
