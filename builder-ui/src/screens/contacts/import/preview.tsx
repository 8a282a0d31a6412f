import type { ReadRow } from '@ripen/shared/import';
import { StatusMark } from '../../../ui/marks.tsx';
import { count, exactTime, humanise } from '../../../ui/words.ts';
import { flat, valueInWords } from '../page/values.ts';
import styles from './import.module.css';

const valuesShown = 6;

/** What the first rows become, or why they are refused. */
export function Preview({ rows }: { rows: readonly ReadRow[] }) {
  const refused = rows.filter(({ outcome }) => !outcome.ok).length;
  return (
    <section className={styles.preview} aria-label="Preview">
      <h3>
        What the first {count(rows.length, 'row')} become
        {refused > 0 && <StatusMark tone="bad">{refused} refused</StatusMark>}
      </h3>
      {/* It scrolls, so it can be reached by keys. */}
      <ol tabIndex={0}>
        {rows.map((row) => (
          <li key={row.line} data-bad={!row.outcome.ok || undefined}>
            {row.outcome.ok ? (
              row.outcome.messages.map(({ json }) => <Message key={json} json={json} />)
            ) : (
              <>
                <b>Line {row.line} is refused:</b> {row.outcome.reason}
              </>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

interface Shown {
  type: string;
  event?: string;
  userId?: string;
  anonymousId?: string;
  timestamp?: string;
  receivedAt?: string;
  properties?: Record<string, unknown>;
  traits?: Record<string, unknown>;
  context?: { traits?: { email?: string } };
}

function Message({ json }: { json: string }) {
  const message = JSON.parse(json) as Shown; // Made and checked by the reader.
  const whose = message.userId ?? message.context?.traits?.email ?? message.traits?.['email'] ?? message.anonymousId;
  const when = message.timestamp ?? message.receivedAt;
  const values = flat(message.traits ?? message.properties);
  return (
    <>
      <span>
        <b>{message.type === 'identify' ? 'Contact' : (message.event ?? humanise(message.type))}</b>{' '}
        {valueInWords(whose)}
      </span>
      {when !== undefined && <span className={styles.small}>{exactTime(Date.parse(when))}</span>}
      <span className={styles.values}>
        {values.slice(0, valuesShown).map(([path, value]) => (
          <span key={path}>
            {path} <b>{valueInWords(value)}</b>
          </span>
        ))}
        {values.length > valuesShown && <span>and {values.length - valuesShown} more</span>}
      </span>
    </>
  );
}
