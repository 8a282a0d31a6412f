import type { PastNeed } from './conditions/conditions.ts';
import type { Asks, CompiledAutomation } from './program.ts';

/** What passes through automations may ask of a contact's past, and through those that they start. */
export const asksOf = (
  automations: readonly CompiledAutomation[],
  live: ReadonlyMap<string, CompiledAutomation>,
  others: readonly PastNeed[] = [],
): Asks => {
  // Automations may start each other in a circle.
  const reached = new Set(automations);
  for (const { starts } of reached) {
    for (const started of starts) {
      const automation = live.get(started);
      if (automation) reached.add(automation);
    }
  }
  const all = [...reached];
  const past = [...others, ...all.flatMap((automation) => automation.past)];
  return {
    countings: all
      .flatMap(({ countings }) => countings)
      .filter(({ counting: { kind } }) => kind === 'once_per' || kind === 'at_most'),
    past: [...widest(past.filter(({ gates }) => !gates)), ...past.filter(({ gates }) => gates)],
  };
};

/** One need per type, so that no event is loaded twice: the widest of what is asked, whatever gates it is behind. */
export const widest = (needs: readonly PastNeed[]): PastNeed[] => {
  const byType = new Map<string, PastNeed>();
  for (const need of needs) {
    const known = byType.get(need.type) ?? need;
    byType.set(need.type, {
      type: need.type,
      withinMs: wider(known.withinMs, need.withinMs),
      latest: wider(known.latest, need.latest),
    });
  }
  return [...byType.values()];
};

/** Null has no bound. */
const wider = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : Math.max(a, b));
