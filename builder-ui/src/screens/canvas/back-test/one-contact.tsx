import { Anchor, Drawer, Text } from '@mantine/core';
import type { BackTestContactView, SideOfContact } from '@ripen/shared';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { backTestContactQuery } from '../../../api/back-test.ts';
import { nameIn, type Names } from '../../../fields/names.ts';
import { Points } from '../../../ui/marks.tsx';
import { QueryView } from '../../../ui/states.tsx';
import { exactTime, number } from '../../../ui/words.ts';
import { causeWords, partingWords } from './words.ts';
import styles from './back-test.module.css';

interface Told {
  names: Names;
  automation: string;
  /** What a step is called. */
  titleOf: (node: string) => string;
}

/** One contact's time on both sides: where they part, and both ledgers line by line. */
export function OneContact(
  given: Told & { jobId: string; contact: string; version: number | null; onClose: () => void },
) {
  const query = useQuery(backTestContactQuery(given.jobId, given.contact));
  return (
    <Drawer
      opened
      onClose={given.onClose}
      position="right"
      size="min(920px, 100%)"
      title={query.data?.contact.name ?? 'Contact'}
    >
      <QueryView query={query}>{(view) => <Both {...given} view={view} />}</QueryView>
    </Drawer>
  );
}

function Both(given: Told & { view: BackTestContactView; version: number | null }) {
  const { view, names } = given;
  return (
    <div className={styles.one}>
      <p className={styles.parting}>{partingWords(view, given.titleOf)}</p>
      <Text size="sm" c="dimmed">
        At the beginning: {standing(view.before, names)}.{' '}
        <Anchor
          underline="always"
          renderRoot={(props: object) => <Link {...props} to="/contacts/$id" params={{ id: view.contact.id }} />}
        >
          Open the contact
        </Anchor>
      </Text>
      <div className={styles.sides}>
        <Side
          {...given}
          side={view.live}
          title={given.version === null ? 'Nothing live' : `Version ${given.version}`}
        />
        <Side {...given} side={view.draft} title="Draft" />
      </div>
    </div>
  );
}

const standing = ({ stage, scores }: Pick<SideOfContact, 'stage' | 'scores'>, names: Names): string =>
  [
    ...scores.map(({ model, score }) => `${nameIn(names.models, model)} ${number(score)}`),
    stage === null ? 'no stage' : nameIn(names.stages, stage),
  ].join(', ');

function Side({ side, title, names, titleOf, automation }: Told & { side: SideOfContact; title: string }) {
  const stage = (id: string | null): string => (id === null ? 'no stage' : nameIn(names.stages, id));
  const ledger = [
    ...side.entries.map((entry) => ({ ...entry, what: 'entry' as const })),
    ...side.moves.map((move) => ({ ...move, what: 'move' as const })),
  ].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return (
    <section aria-label={title} className={styles.side}>
      <h3>{title}</h3>
      <p>In the end: {standing(side, names)}.</p>
      {side.runs.map((run) => (
        <details key={run.startedAt + run.trail.length} open={side.runs.length <= 2}>
          <summary>
            Entered {exactTime(Date.parse(run.startedAt))}, {run.status}
          </summary>
          <ol>
            {run.trail.map((step, index) => (
              <li key={index}>
                {titleOf(step.node)}
                {[step.port === 'next' ? null : step.port, step.note].filter(Boolean).map((word) => ` · ${word}`)}
              </li>
            ))}
          </ol>
        </details>
      ))}
      {side.runs.length === 0 && <p className={styles.quiet}>Did not enter.</p>}
      <h4>Points and moves</h4>
      {ledger.length === 0 && <p className={styles.quiet}>None.</p>}
      <ul className={styles.ledger}>
        {ledger.map((line, index) => (
          <li key={index} data-own={!line.both || undefined}>
            <time dateTime={line.at}>{exactTime(Date.parse(line.at))}</time>
            {line.what === 'entry' ? (
              <>
                <span>{causeWords(line.cause, names, titleOf, automation)}</span>
                <Points value={line.points} />
              </>
            ) : (
              <span>
                {stage(line.from)} → {stage(line.to)}
              </span>
            )}
            {!line.both && <em>only here</em>}
          </li>
        ))}
      </ul>
    </section>
  );
}
