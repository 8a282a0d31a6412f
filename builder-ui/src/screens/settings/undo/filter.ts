import type { VoidFilter } from '@ripen/shared';

/** What was chosen: empty where anything fits. */
export interface Chosen {
  event: string;
  /** `<model>` or `<model>/<rule>`. */
  rule: string;
  /** Days as `2026-01-31`; both belong to it. */
  from: string;
  to: string;
}

export const nothingChosen: Chosen = { event: '', rule: '', from: '', to: '' };

const startOf = (day: string, later = 0): Date => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + later);
};

/** The filter that says what was chosen, days as they are where one sits; null when nothing was. */
export const filterOf = ({ event, rule, from, to }: Chosen): VoidFilter | null => {
  const [model = '', id] = rule.split('/');
  const filter: VoidFilter = {
    ...(event !== '' && { eventTypes: [event] }),
    ...(model !== '' && { models: [model] }),
    ...(id !== undefined && { causes: [`rule:${id}`] }),
    ...(from !== '' && { from: startOf(from).toISOString() }),
    ...(to !== '' && { to: startOf(to, 1).toISOString() }),
  };
  return Object.keys(filter).length === 0 ? null : filter;
};
