/* The workspace in a few numbers. Each has its place before it is known, so that nothing moves when it comes. */
import type { ReadOutputs } from '@kith/client';
import { ChannelMark, ProgressBar } from '@kith/react/parts';
import type { ReactNode } from 'react';
import { counted, inFigures } from '../accounts/words.ts';
import { hrefOf, paths } from '../shell/links.ts';
import { channels } from './bars.ts';

type Overview = ReadOutputs['stats']['overview'];

/** The figures; `overview` is undefined while it is read. */
export function Figures({ overview }: { overview: Overview | undefined }) {
  return (
    <div className="figures">
      <Linked overview={overview} />
      <section aria-labelledby="review">
        <h2 id="review">Review</h2>
        <Big>{overview === undefined ? null : inFigures(overview.review)}</Big>
        <p className="figure-words">
          {overview !== undefined &&
            (overview.review === 0 ? (
              'Nobody waits for your word.'
            ) : (
              <>
                {overview.review === 1 ? 'participant waits' : 'participants wait'} for your word.{' '}
                <a href={hrefOf(paths.review)}>Open the review</a>
              </>
            ))}
        </p>
      </section>
      <section aria-labelledby="records">
        <h2 id="records">Records</h2>
        <Big>{overview === undefined ? null : inFigures(overview.records)}</Big>
        <p className="figure-words">
          <a href={hrefOf(paths.records)}>Open the records</a>
        </p>
      </section>
    </div>
  );
}

function Linked({ overview }: { overview: Overview | undefined }) {
  const share = overview?.linkedShare ?? null;
  return (
    <section aria-labelledby="linked">
      <h2 id="linked">Linked</h2>
      <Big>{overview === undefined ? null : share === null ? '–' : percentOf(share)}</Big>
      <ProgressBar label="Participants that are linked" value={share ?? 0} />
      <p className="figure-words">{overview !== undefined && linkedInWords(overview.participants)}</p>
    </section>
  );
}

const Big = ({ children }: { children: ReactNode }) => <p className="figure">{children ?? '\u00a0'}</p>;

/** All is all: what rounds up to it and is not says so by a decimal. */
export function percentOf(share: number): string {
  const percent = share * 100;
  const isNearlyAll = share < 1 && percent >= 99.5;
  return `${isNearlyAll ? Math.min(99.9, Math.round(percent * 10) / 10) : Math.round(percent)} %`;
}

/** `91 of 100 participants are linked to a record; for 1 several records fit. 8 more are your team.` */
export function linkedInWords({ linked, unlinked, ambiguous, internal }: Overview['participants']): string {
  const others = linked + unlinked + ambiguous;
  if (others === 0) return 'Nobody has written yet.';
  const ofThem = `${inFigures(linked)} of ${counted(others, 'participant')} ${linked === 1 ? 'is' : 'are'} linked to a record`;
  const fits = ambiguous === 0 ? '' : `; for ${inFigures(ambiguous)} several records fit`;
  const team =
    internal === 0 ? '' : ` ${inFigures(internal)} more ${internal === 1 ? 'is' : 'are'} your team.`;
  return `${ofThem}${fits}.${team}`;
}

/** Conversations and messages of each channel. */
export function ByChannel({ overview }: { overview: Overview | undefined }) {
  return (
    <section aria-labelledby="by-channel">
      <h2 id="by-channel">By channel</h2>
      <table className="by-channel">
        <thead>
          <tr>
            <th scope="col">Channel</th>
            <th scope="col">Conversations</th>
            <th scope="col">Messages</th>
          </tr>
        </thead>
        <tbody>
          {channels.map((channel) => (
            <tr key={channel}>
              <th scope="row">
                <ChannelMark channel={channel} withName />
              </th>
              <td>{overview === undefined ? '' : inFigures(overview.conversations[channel])}</td>
              <td>{overview === undefined ? '' : inFigures(overview.messages[channel])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
