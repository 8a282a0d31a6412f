import type { ReactNode } from 'react';
import { compact, count as counted } from '../ui/words.ts';
import { useCanvasActs, type Counted } from './canvas-context.ts';
import type { NodeCount } from './flow-types.ts';
import styles from './step-counts.module.css';

/** A number that leads to those it counts. Keys get there by the settings beside the drawing, where the same links stand. */
function Number(given: { of: Counted; className: string | undefined; title: string; children: ReactNode }) {
  const link = useCanvasActs().linkTo?.(given.of) ?? null;
  return link === null ? (
    <span className={given.className} title={given.title}>
      {given.children}
    </span>
  ) : (
    <a {...link} className={`${given.className ?? ''} nodrag nopan`} title={given.title} tabIndex={-1}>
      {given.children}
    </a>
  );
}

/** What went through a step: who came, who is through with it, who waits, what failed. */
export function StepCounts({ id, count, isStart }: { id: string; count: NodeCount; isStart: boolean }) {
  const { entered, done, waiting, failed, undelivered } = count;
  return (
    <span className={styles.counts}>
      {failed > 0 && (
        <Number of={{ node: id, what: 'failed' }} className={styles.failed} title={count.why ?? 'Failed here'}>
          {compact(failed)} failed
        </Number>
      )}
      {failed === 0 && undelivered > 0 && (
        <Number of={{ node: id, what: 'undelivered' }} className={styles.failed} title={count.why ?? 'Not delivered'}>
          {compact(undelivered)} not delivered
        </Number>
      )}
      {waiting > 0 && (
        <Number
          of={{ node: id, what: 'waiting' }}
          className={styles.waiting}
          title={`${counted(waiting, 'person', 'people')} waiting here now`}
        >
          {compact(waiting)} waiting
        </Number>
      )}
      <Number
        of={{ node: id, what: 'entered' }}
        className={styles.entered}
        title={`${counted(entered, 'run')} came here`}
      >
        {compact(entered)}
      </Number>
      {!isStart && done !== entered && (
        <Number
          of={{ node: id, what: 'done' }}
          className={styles.done}
          title={`${counted(done, 'run')} went on, ended or were stopped here`}
        >
          {compact(done)} done
        </Number>
      )}
    </span>
  );
}
