import { automationSchema, startNodeId, validate, definitionsOf, type Automation, type GraphNode } from '@ripen/shared';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { apply } from './apply.ts';
import { clipboardText, fragmentOf, readClipboard } from './clipboard.ts';
import type { Edit } from './edit.ts';
import { portsOf, portsOfId } from './graph.ts';
import { begin, perform, redo, undo } from './history.ts';
import { freshId, idsOf, withFreshIds } from './ids.ts';
import { sizeOfId } from './place.ts';
import { emptyDocument, readDocument } from './read.ts';
import { placed, tidied } from './tidy.ts';

/** Picks by number among what the document has when the edit's turn comes: so any sequence of numbers is one of edits. */
type Pick = number;
type Plan =
  | { kind: 'add'; type: Pick; at: Pick; free: boolean; connect: boolean }
  | { kind: 'move'; node: Pick; x: number; y: number }
  | { kind: 'connect'; from: Pick; port: Pick; to: Pick }
  | { kind: 'disconnect'; edge: Pick }
  | { kind: 'delete'; nodes: Pick[] }
  | { kind: 'branches'; node: Pick; count: number }
  | { kind: 'name'; name: string }
  | { kind: 'copy'; nodes: Pick[] }
  | { kind: 'tidy' };

const pick = fc.nat({ max: 1_000 });
const plan: fc.Arbitrary<Plan> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('add' as const),
      type: pick,
      at: pick,
      free: fc.boolean(),
      connect: fc.boolean(),
    }),
  },
  fc.record({
    kind: fc.constant('move' as const),
    node: pick,
    x: fc.double({ min: -5e3, max: 5e3, noNaN: true }),
    y: fc.integer({ min: -5e3, max: 5e3 }),
  }),
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('connect' as const), from: pick, port: pick, to: pick }) },
  fc.record({ kind: fc.constant('disconnect' as const), edge: pick }),
  fc.record({ kind: fc.constant('delete' as const), nodes: fc.array(pick, { minLength: 1, maxLength: 3 }) }),
  fc.record({ kind: fc.constant('branches' as const), node: pick, count: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ kind: fc.constant('name' as const), name: fc.stringMatching(/^[a-z]{1,20}$/) }),
  fc.record({ kind: fc.constant('copy' as const), nodes: fc.array(pick, { minLength: 1, maxLength: 4 }) }),
  fc.constant({ kind: 'tidy' as const }),
);

const branches = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: `b${index}`,
    name: `Branch ${index}`,
    when: { kind: 'label' as const, label: 'hot' },
  }));
const makers: ((id: string) => GraphNode)[] = [
  (id) => ({ id, type: 'condition', settings: { branches: branches(2) } }),
  (id) => ({ id, type: 'add_label', settings: { label: 'hot' }, note: 'why' }),
  (id) => ({ id, type: 'wait_time', settings: { duration: { amount: 1, unit: 'days' } } }),
  (id) => ({ id, type: 'wait_event', settings: { event: 'go', timeout: { amount: 1, unit: 'days' } } }),
  (id) => ({ id, type: 'end', settings: {} }),
];

const among = <T>(list: readonly T[], index: Pick): T | undefined => list[index % Math.max(1, list.length)];

let seed = 1;
const random = (): number => ((seed = (seed * 16_807) % 2_147_483_647) - 1) / 2_147_483_646;

const editOf = (document: Automation, given: Plan): Edit => {
  const ids = [startNodeId, ...document.nodes.map((node) => node.id)];
  switch (given.kind) {
    case 'add': {
      const from = among(ids, given.at) ?? startNodeId;
      const port = among(portsOfId(document, from), given.type);
      const make = among(makers, given.type);
      if (!make) throw new Error('There are makers.');
      const node = make(freshId('step', idsOf(document), random));
      return {
        kind: 'add',
        node,
        after: given.connect && port !== undefined ? { from, port } : undefined,
        at: given.free ? { x: (given.at % 20) * 60, y: (given.type % 20) * 50 } : undefined,
      };
    }
    case 'move':
      return { kind: 'move', to: { [among(ids, given.node) ?? startNodeId]: { x: given.x, y: given.y } } };
    case 'connect': {
      const from = among(ids, given.from) ?? startNodeId;
      return {
        kind: 'connect',
        from,
        port: among(portsOfId(document, from), given.port) ?? 'next',
        to: among(ids, given.to) ?? startNodeId,
      };
    }
    case 'disconnect':
      return { kind: 'disconnect', ...(among(document.edges, given.edge) ?? { from: 'gone', port: 'next' }) };
    case 'delete':
      return { kind: 'delete', nodes: given.nodes.flatMap((index) => among(ids, index) ?? []) };
    case 'branches': {
      const node = among(
        document.nodes.filter(({ type }) => type === 'condition'),
        given.node,
      );
      return node?.type === 'condition'
        ? { kind: 'change', node: { ...node, settings: { branches: branches(given.count) } } }
        : { kind: 'tidy' };
    }
    case 'name':
      return { kind: 'automation', change: { name: given.name } };
    case 'copy': {
      const chosen = new Set(given.nodes.flatMap((index) => among(ids, index) ?? []));
      const read = readClipboard(clipboardText(fragmentOf(document, chosen)));
      return read.kind === 'fragment'
        ? { kind: 'paste', fragment: withFreshIds(read.fragment, document, random) }
        : { kind: 'tidy' };
    }
    case 'tidy':
      return { kind: 'tidy' };
  }
};

const start: Automation = {
  ...emptyDocument('flow', 'Flow'),
  triggers: [{ type: 'event', event: 'go' }],
};
const plans = fc.array(plan, { maxLength: 25 });

/** What people may leave open while they draw; all else would be the editor's fault. */
const unfinished = new Set(['no_start', 'unreachable_node', 'dangling_port', 'cycle_without_wait', 'trigger_loop']);

test('whatever is done, the document passes its schema, and only what is unfinished is a problem', () => {
  fc.assert(
    fc.property(plans, (all) => {
      let document = start;
      for (const one of all) document = apply(document, editOf(document, one));
      const read = automationSchema.safeParse(document);
      expect(read.error?.issues ?? []).toEqual([]);
      const codes = new Set(validate(definitionsOf([document])).map((problem) => problem.code));
      expect([...codes].filter((code) => !unfinished.has(code))).toEqual([]);
      expect(Object.keys(document.layout ?? {}).sort()).toEqual(
        [startNodeId, ...document.nodes.map((node) => node.id)].sort(),
      );
    }),
  );
});

test('undone step by step it is the document of before, redone the one of after', () => {
  fc.assert(
    fc.property(plans, (all) => {
      let history = begin(start);
      const seen = [start];
      for (const [index, one] of all.entries()) {
        // Far enough apart for each to be a step of its own.
        history = perform(history, editOf(history.present, one), index * 10_000);
        if (history.present !== seen.at(-1)) seen.push(history.present);
      }
      const last = history.present;
      for (const document of seen.toReversed()) {
        expect(history.present).toBe(document);
        history = undo(history);
      }
      for (const _ of seen) history = redo(history);
      expect(history.present).toBe(last);
    }),
  );
});

const boxes = (document: Automation) =>
  Object.entries(document.layout ?? {}).map(([id, { x, y }]) => {
    const { width, height } = sizeOfId(document, id);
    return { id, left: x - width / 2, right: x + width / 2, top: y, bottom: y + height };
  });
const covered = (document: Automation): string[] => {
  const all = boxes(document);
  return all.flatMap((a, index) =>
    all
      .slice(index + 1)
      .filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
      .map((b) => `${a.id} ${b.id}`),
  );
};

test('nothing new covers what is there, and a tidied document covers nothing', () => {
  fc.assert(
    fc.property(plans, (all) => {
      let document = start;
      for (const one of all) {
        const before = new Set(covered(document));
        const edit = editOf(document, one);
        document = apply(document, edit);
        // People may put one on the other by hand, and more branches make a node wider where it stands.
        if (edit.kind !== 'move' && edit.kind !== 'change')
          expect(covered(document).filter((pair) => !before.has(pair))).toEqual([]);
      }
      expect(covered({ ...document, layout: tidied(document) })).toEqual([]);
    }),
  );
});

test('no deleted node leaves an edge behind, and a chain closes', () => {
  fc.assert(
    fc.property(plans, fc.array(pick, { minLength: 1, maxLength: 5 }), (all, chosen) => {
      let document = start;
      for (const one of all) document = apply(document, editOf(document, one));
      const gone = new Set(chosen.flatMap((index) => among(document.nodes, index)?.id ?? []));
      const after = apply(document, { kind: 'delete', nodes: [...gone] });
      expect(after.edges.filter((edge) => gone.has(edge.from) || gone.has(edge.to))).toEqual([]);
      expect(after.edges.filter((edge) => edge.from === edge.to)).toEqual([]);
    }),
  );
});

test('garbage is refused in a sentence, never thrown', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        fc
          .anything()
          .map((value) => JSON.stringify({ format: 'ripen/nodes', version: 1, nodes: [value], edges: value }) ?? ''),
      ),
      (text) => {
        const read = readClipboard(text);
        if (read.kind === 'refused') expect(read.why).toMatch(/\.$/);
        else apply(start, { kind: 'paste', fragment: withFreshIds(read.fragment, start) });
      },
    ),
  );
});

test('any draft is a document that can be drawn, or is said to be corrupt', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.anything(),
        fc.record(
          {
            kind: fc.constant('automation'),
            nodes: fc.anything(),
            triggers: fc.anything(),
            edges: fc.anything(),
            layout: fc.anything(),
          },
          { requiredKeys: ['kind'] },
        ),
        fc.constant({ kind: 'automation', nodes: undefined, triggers: undefined, edges: undefined, layout: undefined }),
      ),
      (given) => {
        const read = readDocument(given, 'flow');
        if (read.kind === 'corrupt') {
          expect(read.why).toMatch(/\.$/);
          return;
        }
        for (const node of read.document.nodes) portsOf(node);
        expect(placed(read.document)).toBe(read.document);
      },
    ),
  );
});
