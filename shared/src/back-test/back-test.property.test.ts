import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { compile } from '../core/compile.ts';
import { richDefinitions } from '../core/generators/definitions.ts';
import { withHands } from '../core/generators/hands.ts';
import { history, lookAfterMs } from '../core/generators/histories.ts';
import { liveThrough } from '../core/generators/live.ts';
import { internalEvents } from '../core/arrivals/internal-events.ts';
import type { EventInput } from '../core/result.ts';
import type { Definitions } from '../model/definitions.ts';
import { hasErrors, validate } from '../validate/validate.ts';
import { emptyBackTest, playContact, tallyContact, type Played } from './index.ts';
import { isAsking, type Asking } from '../core/runs/asking.ts';

const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 150);

const lived = fc
  .tuple(
    richDefinitions,
    history({ minLength: 5, maxLength: 30 }),
    lookAfterMs,
    fc.double({ min: 0, max: 1, noNaN: true }),
  )
  .chain(([definitions, events, after, share]) =>
    fc.tuple(fc.constant(definitions), withHands(events, definitions), fc.constant(after), fc.constant(share)),
  );

const noOne = (ask: Asking, arrivedAt: number): EventInput => ({
  kind: 'event',
  messageId: `answer:${ask.id}`,
  type: internalEvents.answer,
  properties: { ask: ask.id, port: 'no_one' },
  fields: null,
  occurredAt: ask.at,
  arrivedAt,
  backfilled: true,
});

const remembered = (definitions: readonly Definitions[]): Set<string> =>
  new Set(
    definitions.flatMap((each) =>
      [...compile(each).events].filter(([, event]) => event.remembered).map(([type]) => type),
    ),
  );

/** A history as it was lived, and the same played over a window at its end. */
const played = (
  definitions: Definitions,
  events: readonly EventInput[],
  after: number,
  share: number,
  draft = definitions,
) => {
  const program = compile(definitions);
  const asOf = Math.max(...events.map(({ arrivedAt }) => arrivedAt)) + after;
  const live = liveThrough(program, events, asOf).outcome;
  const inputs = live.inputs.filter((input) => input.kind === 'event');
  const answered = new Set(inputs.map(({ properties }) => properties['ask']));
  const first = inputs[0]?.arrivedAt ?? 0;
  const from = first + Math.floor((asOf - first) * share);
  const failures: unknown[] = [];
  const result = playContact(
    {
      id: 'contact',
      generation: 1,
      arrivals: inputs.map((input) => ({ input, revision: definitions.revision })),
      revision: live.subject.revision,
      open: new Set(
        live.effects.flatMap((effect) => (isAsking(effect) && !answered.has(effect.id) ? [effect.id] : [])),
      ),
      until: Math.max(asOf, live.subject.clock),
    },
    from,
    () => ({ then: program, live: program, draft: compile(draft) }),
    {
      answer: noOne,
      failed: (_, error) => failures.push(error),
      remembered: remembered([definitions, draft]),
      scheduled: null,
    },
  );
  expect(failures).toEqual([]);
  return { live, result, from, asOf, program };
};

const tallied = (automation: string, { result, from, asOf, program }: ReturnType<typeof played>) => {
  const into = emptyBackTest({ automation, version: 1, from: '', at: String(asOf), of: 1 });
  tallyContact(into, { id: 'contact', name: 'Ada', arrivals: [] }, result, { automation, from, program });
  return into;
};

const whole = ({ entries, moves, effects, runs, subject }: Played['live']): string =>
  JSON.stringify({
    entries,
    moves,
    effects: effects.map(({ id, kind, at }) => [id, kind, at]),
    runs: [...runs.values()].map((run) => ({
      ...run,
      backfilled: null,
      steps: run.steps.map((step) => ({ ...step, note: null })),
    })),
    subject: { ...subject, runs: subject.runs.map((run) => ({ ...run, backfilled: null })) },
  });

let entered = 0;
let asked = 0;
let requested = 0;

test('the live version over its own history differs by nothing, and is that history: entry for entry, ids included', () => {
  fc.assert(
    fc.property(lived, ([definitions, events, after, share]) => {
      const all = played(definitions, events, after, share);
      const { live, result, from } = all;
      // What came before the window and is dated ahead into it is of the past, though its entries are not.
      fc.pre(!events.some(({ arrivedAt, occurredAt }) => arrivedAt < from && occurredAt >= from));
      expect(whole(result.draft)).toBe(whole(result.live));
      expect(result.live.entries).toEqual(live.entries.filter(({ at }) => at >= from));
      expect(result.live.moves).toEqual(live.moves.filter(({ at }) => at >= from));
      expect(result.live.effects.map(({ id }) => id)).toEqual(
        live.effects.filter(({ at }) => at >= from).map(({ id }) => id),
      );
      expect({ ...result.live.subject, runs: [] }).toEqual({ ...live.subject, runs: [] });
      for (const { graph } of definitions.automations) {
        const { differ, live: counted } = tallied(graph.id, all);
        expect(differ).toEqual({ contacts: 0, reasons: [], most: [] });
        const began = [...live.runs.values()].filter((run) => run.automation === graph.id && run.startedAt >= from);
        expect(counted.runs).toBe(began.length);
        entered += began.length;
      }
      asked += result.live.effects.filter(({ kind }) => kind === 'ask').length;
      requested += result.live.effects.filter((effect) => effect.kind === 'deliver' && effect.answers).length;
    }),
    { numRuns },
  );
  // What never happens proves nothing.
  expect([entered, asked, requested].every((times) => times > numRuns / 10)).toBe(true);
});

let differing = 0;

test('a draft is played as if it had been live since the window began, whatever it asks of the past', () => {
  fc.assert(
    fc.property(lived, richDefinitions, ([definitions, events, after], others) => {
      const [first] = definitions.automations;
      const replacement = others.automations.find(({ graph }) => graph.triggers.length > 0);
      fc.pre(first !== undefined && replacement !== undefined);
      const draft = {
        ...definitions,
        automations: definitions.automations.map((each) =>
          each === first ? { ...each, version: 2, graph: { ...replacement?.graph, id: each.graph.id } } : each,
        ),
      };
      fc.pre(!hasErrors(validate(draft)));
      // From the very beginning: nothing is left of the version that was there.
      const { result } = played(definitions, events, after, 0, draft);
      const recorded = new Set(events.map(({ messageId }) => messageId));
      const always = playContact(
        {
          id: 'contact',
          generation: 1,
          arrivals: events.map((input) => ({ input, revision: definitions.revision })),
          revision: 1,
          open: new Set(),
          until: result.draft.subject.clock,
        },
        0,
        () => ({ then: compile(draft), live: compile(draft), draft: compile(draft) }),
        { answer: noOne, failed: () => undefined, remembered: new Set(), scheduled: null },
      );
      const own = (side: Played['live']) =>
        side.entries.filter(({ messageId }) => messageId === null || recorded.has(messageId));
      if (result.live.entries.length !== result.draft.entries.length) differing++;
      // Where nothing is asked in either, what was recorded is all there is.
      if (result.live.effects.concat(result.draft.effects, always.live.effects).some(isAsking)) return;
      expect(own(result.draft)).toEqual(own(always.live));
    }),
    { numRuns: Math.ceil(numRuns / 2) },
  );
  expect(differing).toBeGreaterThan(0);
}, 30_000);
