import type { Channel, Provider } from '@kith/client';
import { ChannelMark } from '@kith/react/parts';
import { guides } from '../providers/guides.ts';

/** A provider, on one of its channels. */
export interface Chosen {
  channel: Channel;
  provider: Provider;
}

const channels: readonly Channel[] = ['email', 'whatsapp', 'linkedin'];
const providers = Object.keys(guides) as Provider[];

/** Every provider, by channel. */
export function ChooseProvider({ onChoose }: { onChoose: (chosen: Chosen) => void }) {
  return channels.map((channel) => (
    <section key={channel} className="choices" aria-labelledby={`channel-${channel}`}>
      <h2 id={`channel-${channel}`}>
        <ChannelMark channel={channel} withName />
      </h2>
      <ul>
        {providers
          .filter((provider) => guides[provider].channels.includes(channel))
          .map((provider) => (
            <li key={provider}>
              <button type="button" onClick={() => onChoose({ channel, provider })}>
                <span className="choice-name">{guides[provider].name}</span>
                <span className="choice-summary">{guides[provider].summary}</span>
              </button>
            </li>
          ))}
      </ul>
    </section>
  ));
}
