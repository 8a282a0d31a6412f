import { publishDefinitions } from '@ripen/engine';
import { segmentSchema, type Condition, type SegmentCount, type SegmentPreview } from '@ripen/shared';
import { median, percentile } from '../measure/stats.ts';
import type { Row } from '../row.ts';
import { serve } from '../stack/served.ts';
import { modelId } from '../workload/definitions.ts';
import { makeMany } from '../workload/many.ts';

const looksBackAt = 'email_opened';

const field = (name: string, value: string): Condition => ({
  kind: 'field',
  field: name,
  is: { op: 'equals', value },
});
const all = (...of: Condition[]): Condition => ({ kind: 'all', of });

const fits = all(field('country', 'US'), field('role', 'buyer'));
/** Two fields, a score and what was done in a window. */
const asked = all(
  ...(fits.kind === 'all' ? fits.of : []),
  { kind: 'score', model: modelId, atLeast: 20 },
  { kind: 'performed', event: looksBackAt, atLeast: 1, withinDays: 30 },
);
/** One contact in ten thousand, by a field that nothing is indexed by. */
const rare = field('branch', '17');

/** How long the count of a segment takes among very many contacts, beside Postgres counting the same rows. */
export const segmentsRow: Row = {
  name: 'segments',
  run: async ({ sizes, stack, report }) => {
    const { contacts, counts } = sizes.segments;
    const servers = await stack.servers();
    const databaseUrl = await servers.createDatabase('bench_segments');
    const templates = await stack.templates();
    const many = await makeMany({ databaseUrl, templates, contacts, runs: 1, pasts: [looksBackAt], report });
    const segment = segmentSchema.parse({ kind: 'segment', id: 'asked', name: 'Asked', when: asked });
    await publishDefinitions(many.deps, [segment], Date.now());
    const served = await serve(many.deps, many.key, () => many.close());
    const { pool } = many.deps.store;
    const words = ({ count, exact, range }: Omit<SegmentCount, 'segment'>): string =>
      exact ? String(count) : `${count} (${range?.from} to ${range?.to})`;
    const taken = { segment: [] as number[], rows: [] as number[], rare: [] as number[], preview: [] as number[] };
    const said: Record<string, string> = {};
    try {
      for (let index = -2; index < counts; index++) {
        const segmentAsked = await served.ask<{ items: SegmentCount[] }>('/api/segment-counts');
        const from = performance.now();
        await pool.query('select count(*) from contacts');
        const rows = performance.now() - from;
        const rareAsked = await served.ask<SegmentPreview>('/api/segments/preview', { when: rare });
        const previewAsked = await served.ask<SegmentPreview>('/api/segments/preview', { when: asked });
        // The first ones warm plans and caches up.
        if (index < 0) continue;
        taken.segment.push(segmentAsked.ms);
        taken.rows.push(rows);
        taken.rare.push(rareAsked.ms);
        taken.preview.push(previewAsked.ms);
        for (const item of segmentAsked.body.items) said['counted'] = words(item);
        said['counted, one in 10,000'] = words(rareAsked.body.total);
      }
      const whole = await served.ask<SegmentPreview>('/api/segments/preview', { when: asked, countAll: true });
      const told = (list: number[]): string => `${median(list).toFixed(0)}/${percentile(list, 0.99).toFixed(0)}`;
      return [
        {
          figure: `count of a segment, ${contacts.toLocaleString('en-US')} contacts`,
          beside: 'count(*) of the same contacts',
          unit: 'ms',
          measured: median(taken.segment),
          besideMeasured: median(taken.rows),
          details: {
            'p50/p99, ms': told(taken.segment),
            'a preview of it, with who is in it': told(taken.preview),
            'a preview of one in 10,000': told(taken.rare),
            ...said,
            'everybody looked at': `${words(whole.body.total)} in ${(whole.ms / 1000).toFixed(1)} s`,
          },
        },
      ];
    } finally {
      await served.close();
    }
  },
};
