import type { MaintenanceRun } from '@ripen/shared';
import type { Tone } from '../ui/marks.tsx';
import { number } from '../ui/words.ts';

/** What every round over all contacts has, whatever it does to them. */
export type AnyRound = Pick<MaintenanceRun, 'id' | 'status' | 'done' | 'total' | 'error' | 'createdAt' | 'by'>;

const looks: Record<AnyRound['status'], { word: string; tone: Tone }> = {
  running: { word: 'Running', tone: 'warn' },
  completed: { word: 'Done', tone: 'good' },
  failed: { word: 'Failed', tone: 'bad' },
  cancelled: { word: 'Stopped', tone: 'idle' },
};
export const runLook = ({ status, error }: Pick<AnyRound, 'status' | 'error'>): { word: string; tone: Tone } =>
  status === 'cancelled' && error !== null ? { word: 'Skipped', tone: 'idle' } : looks[status];

/** Whether it stopped before its end and can go on. */
export const canGoOn = ({ status, error }: Pick<AnyRound, 'status' | 'error'>): boolean =>
  status === 'failed' || (status === 'cancelled' && error === null);

/** How far a run is: "1,000 of 12,000 looked at". */
export const progressWords = ({ done, total }: Pick<AnyRound, 'done' | 'total'>): string =>
  total === null ? `${number(done)} looked at` : `${number(done)} of ${number(Math.max(done, total))} looked at`;
