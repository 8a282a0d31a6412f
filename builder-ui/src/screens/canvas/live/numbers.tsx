import type { AutomationCounts } from '@ripen/shared';
import { startNodeId } from '@ripen/shared';
import { Link } from '@tanstack/react-router';
import { count, number } from '../../../ui/words.ts';
import styles from './numbers.module.css';
import { runsOf } from './runs-of.ts';

/** What went through a step, each number leading to those it counts, and why what failed did. */
export function StepNumbers({ counts, node }: { counts: AutomationCounts | null; node: string }) {
  if (!counts) return null;
  const isStart = node === startNodeId;
  const none = { entered: 0, waiting: 0, done: 0, failed: 0, undelivered: 0 };
  const own = counts.nodes.find((entry) => entry.node === node) ?? none;
  const entered = isStart ? counts.counts.entered : own.entered;
  const failures = counts.failures.filter((failure) => failure.node === node);
  return (
    <>
      <p className={styles.numbers}>
        <Link to="/runs" search={runsOf(counts, { node, what: 'entered' })}>
          {count(entered, 'run')} {isStart ? 'began' : 'came here'}
        </Link>
        {!isStart && (
          <Link to="/runs" search={runsOf(counts, { node, what: 'done' })}>
            {number(own.done)} done
          </Link>
        )}
        {own.waiting > 0 && (
          <Link to="/runs" search={runsOf(counts, { node, what: 'waiting' })}>
            {number(own.waiting)} waiting
          </Link>
        )}
        {own.failed > 0 && (
          <Link to="/runs" search={runsOf(counts, { node, what: 'failed' })} className={styles.failed}>
            {number(own.failed)} failed
          </Link>
        )}
        {own.undelivered > 0 && (
          <Link to="/runs" search={runsOf(counts, { node, what: 'undelivered' })} className={styles.failed}>
            {number(own.undelivered)} not delivered
          </Link>
        )}
      </p>
      {failures.length > 0 && (
        <ul className={styles.failures} aria-label="Failures">
          {failures.map(({ kind, reason, count: times, run }) => (
            <li key={`${kind} ${reason}`}>
              <span className={styles.failed}>
                {number(times)} {kind === 'run' ? 'failed' : 'not delivered'}
              </span>{' '}
              {reason === '' ? 'No reason was given.' : reason}{' '}
              <Link to="/runs" search={{ automation: counts.automation, run }}>
                See the latest
              </Link>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** How many took a connection, and which part of those who left the step it comes from. */
export function EdgeNumbers(given: { counts: AutomationCounts | null; from: string; port: string }) {
  const { counts, from, port } = given;
  if (!counts) return null;
  const took = counts.edges.find((edge) => edge.from === from && edge.port === port)?.count ?? 0;
  const done = counts.nodes.find(({ node }) => node === from)?.done ?? 0;
  return (
    <p className={styles.numbers}>
      <Link to="/runs" search={runsOf(counts, { node: from, port, what: 'took' })}>
        {count(took, 'run')} took it
      </Link>
      {from !== startNodeId && done > 0 && (
        <span>{Math.round((took / done) * 100)} % of those through with the step</span>
      )}
    </p>
  );
}
