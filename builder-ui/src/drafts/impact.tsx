import { Radio, Stack } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Impact } from '@ripen/shared';
import { useNames } from '../fields/use-names.ts';
import { nameIn } from '../fields/names.ts';
import { Points } from '../ui/marks.tsx';
import { number } from '../ui/words.ts';
import figures from '../ui/figures.module.css';
import { ImpactOnAccounts } from './impact-on-accounts.tsx';
import { ImpactProgress } from './impact-progress.tsx';
import type { Looked } from './impact-words.ts';
import styles from './impact.module.css';
import { sideInWords } from './side-words.ts';
import { useImpact } from './use-impact.ts';

/** From when on what is published counts. */
export type Since = 'now' | 'history';

/** What publishing would change, and the choice between from now on and from history. */
export function ImpactChoice(given: { document: object; since: Since; onSince: (since: Since) => void }) {
  const { document, since, onSince } = given;
  const measured = useImpact(document);
  const { impact } = measured;
  const accounts = impact?.accounts ?? null;
  return (
    <Stack gap="sm">
      <Radio.Group
        label="From when on does it count?"
        value={since}
        onChange={(value) => onSince(value === 'history' ? 'history' : 'now')}
      >
        <Stack gap="xs" mt="xs">
          <Radio
            value="now"
            label="From now on"
            description={
              impact
                ? sideInWords(impact.now, 'at once', impact)
                : 'Points that were given stay. Rules about who a contact is are looked at again for everybody.'
            }
          />
          <Radio
            value="history"
            label="Rebuild from history"
            description={
              impact
                ? sideInWords(impact.history, 'in all', impact)
                : 'Everything that ever arrived counts anew, as if it had always been so. Nobody is told; leads stay.'
            }
          />
        </Stack>
      </Radio.Group>
      {impact && <Side side={since === 'now' ? impact.now : impact.history} />}
      {accounts && <ImpactOnAccounts side={(since === 'history' && accounts.history) || accounts.now} />}
      <ImpactProgress measured={measured} looked={impact ? lookedAt(impact) : []} />
    </Stack>
  );
}

const lookedAt = ({ looked, of, accounts }: Impact): Looked[] => [
  { looked, of, whom: 'contact' },
  ...(accounts && accounts.of > 0 ? [{ looked: accounts.looked, of: accounts.of, whom: 'account' as const }] : []),
];

/** Who moves where, and those that change most. */
function Side({ side }: { side: Impact['now'] }) {
  const names = useNames();
  const stage = (id: string | null): string => (id === null ? 'no stage' : nameIn(names.stages, id));
  if (side.contacts === 0) return null;
  return (
    <div className={`${figures.figures} ${styles.side}`}>
      {side.moves.length > 0 && (
        <ul aria-label="Stage moves">
          {side.moves
            .toSorted((a, b) => b.contacts - a.contacts)
            .slice(0, 6)
            .map((move) => (
              <li key={`${move.from} ${move.to}`}>
                {stage(move.from)} → {stage(move.to)}: <b>{number(move.contacts)}</b>
              </li>
            ))}
        </ul>
      )}
      {side.examples.length > 0 && (
        <table>
          <caption>Those that change most</caption>
          <tbody>
            {side.examples.map((example) => (
              <tr key={`${example.contact.id} ${example.model}`}>
                <td>
                  <Link to="/contacts/$id" params={{ id: example.contact.id }} target="_blank">
                    {example.contact.name}
                  </Link>
                </td>
                <td className={figures.number}>
                  {number(example.from)} → {number(example.to)}
                </td>
                <td className={figures.number}>
                  <Points value={Math.round((example.to - example.from) * 10) / 10} />
                </td>
                <td>
                  {example.stageFrom === example.stageTo
                    ? ''
                    : `${stage(example.stageFrom)} → ${stage(example.stageTo)}`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
