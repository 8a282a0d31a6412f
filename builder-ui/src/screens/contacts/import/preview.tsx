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
  /** Absent of what is said of an account. */
  type?: string;
  event?: string;
  userId?: string;
  anonymousId?: string;
  timestamp?: string;
  receivedAt?: string;
  properties?: Record<string, unknown>;
  traits?: Record<string, unknown>;
  id?: string;
  name?: string;
  fields?: Record<string, unknown>;
  at?: string;
  context?: { traits?: { email?: string } };
}

const whatIs = ({ type, event }: Shown): string =>
  type === undefined ? 'Account' : type === 'identify' ? 'Contact' : (event ?? humanise(type));

function Message({ json }: { json: string }) {
  const message = JSON.parse(json) as Shown; // Made and checked by the reader.
  const whose =
    message.userId ??
    message.context?.traits?.email ??
    message.traits?.['email'] ??
    message.anonymousId ??
    message.id ??
    message.name;
  const when = message.timestamp ?? message.receivedAt ?? message.at;
  const values = flat(message.traits ?? message.properties ?? message.fields);
  return (
    <>
      <span>
        <b>{whatIs(message)}</b> {valueInWords(whose)}
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
