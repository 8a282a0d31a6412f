import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { MappingError } from './mapping-error.ts';
import { mappingSchema } from './mapping.ts';
import { rowMapper } from './row-mapper.ts';
import { RowError } from './template.ts';

const lookups = new Map([
  ['people', { file: 'people.csv', columns: ['id', 'mail'], rows: new Map([['7', ['7', 'Ann@X.example']]]) }],
]);

const mapped = (mapping: z.input<typeof mappingSchema>, header: string[], cells: string[]) => {
  const parsed = mappingSchema.parse(mapping);
  const [file] = parsed.files;
  if (!file) throw new Error('no file');
  return rowMapper(parsed, file, header, lookups)(cells);
};

const order = (extra: Record<string, unknown> = {}) => ({
  files: [
    {
      file: 'orders.csv',
      events: [{ type: 'track' as const, event: 'Order', userId: '{who}', timestamp: '{when}', ...extra }],
    },
  ],
});
const header = ['who', 'when', 'sum', 'note'];

describe('rows become messages', () => {
  test('templates, kinds and constants; empty cells are left out', () => {
    const properties = {
      sum: '{sum|number}',
      note: '{note}',
      label: 'Order: {note}!',
      kind: 3,
      paid: true,
      by: '{who|list}',
    };
    expect(mapped(order({ properties }), header, ['a; b', '2026-01-02', ' 12.5 ', ''])).toEqual([
      {
        at: Date.parse('2026-01-02'),
        part: 0,
        message: {
          type: 'track',
          event: 'Order',
          userId: 'a; b',
          timestamp: '2026-01-02T00:00:00.000Z',
          properties: { sum: 12.5, label: 'Order: !', kind: 3, paid: true, by: ['a', 'b'] },
        },
      },
    ]);
  });

  test('a row gives several events, some only when a column says so', () => {
    const mapping = {
      files: [
        {
          file: 'deals.csv',
          events: [
            { type: 'identify' as const, userId: '{who}', timestamp: '{when}', traits: { note: '{note}' } },
            {
              type: 'track' as const,
              event: 'Won',
              userId: '{who}',
              timestamp: '{when}',
              when: { column: 'note', equals: 'won' },
            },
            {
              type: 'track' as const,
              event: 'Sum',
              userId: '{who}',
              timestamp: '{when}',
              when: { column: 'sum', is: 'set' as const },
            },
          ],
        },
      ],
    };
    const events = (cells: string[]) =>
      mapped(mapping, header, cells).map(({ part, message }) => [part, message['event'] ?? message['type']]);
    expect(events(['u', '2026-01-02', '', 'won'])).toEqual([
      [0, 'identify'],
      [1, 'Won'],
    ]);
    expect(events(['u', '2026-01-02', '1', 'lost'])).toEqual([
      [0, 'identify'],
      [2, 'Sum'],
    ]);
  });

  test('joined columns say whose it is; e-mail travels where the tracking API wants it', () => {
    const mapping = {
      lookups: { people: { file: 'people.csv', key: 'id' } },
      files: [
        {
          file: 'orders.csv',
          join: [{ lookup: 'people', by: 'who' }],
          events: [{ type: 'track' as const, event: 'Order', email: '{people.mail}', timestamp: '{when}' }],
        },
      ],
    };
    expect(mapped(mapping, header, ['7', '2026-01-02', '', ''])[0]?.message).toEqual({
      type: 'track',
      event: 'Order',
      properties: {},
      context: { traits: { email: 'Ann@X.example' } },
      timestamp: '2026-01-02T00:00:00.000Z',
    });
    expect(() => mapped(mapping, header, ['8', '2026-01-02', '', ''])).toThrow(
      new RowError('who "8" is not in people.csv'),
    );
  });
});

describe('rows that cannot be used say why', () => {
  test.each([
    [['u', 'soon', '', ''], 'timestamp "soon" is not a date of the expected format'],
    [['u', '', '', ''], 'has no timestamp'],
    [['', '2026-01-02', '', ''], 'names nobody: userId, anonymousId and email are all empty'],
    [['u', '2026-01-02', 'NaN', ''], 'sum "NaN" is not a number'],
    [['u', '2026-01-02', '1e999', ''], 'sum "1e999" is not a number'],
    [['u', '2026-01-02', '1,234', ''], 'sum "1,234" is not a number as long as nobody says what the comma in it means'],
  ])('%j: %s', (cells, reason) => {
    expect(() => mapped(order({ properties: { sum: '{sum|number}' } }), header, cells)).toThrow(new RowError(reason));
  });
});

test('decimal commas, words that mean nothing and dates of several formats, where the mapping says so', () => {
  const mapping = {
    ...order({ properties: { sum: '{sum|number}', note: '{note}' } }),
    decimal: ',' as const,
    empty: ['Select', 'n/a'],
    dateFormat: ['dd.MM.yyyy', 'd/M/yyyy', 'M/d/yyyy'],
  };
  const [first] = mapped(mapping, header, ['u', '14.03.2026', '1.234,5', ' Select ']);
  expect(first).toMatchObject({ at: Date.UTC(2026, 2, 14), message: { properties: { sum: 1234.5 } } });
  expect(first?.message['properties']).not.toHaveProperty('note');
  expect(() => mapped(mapping, header, ['n/a', '14.03.2026', '1', 'x'])).toThrow('names nobody');
  expect(() => mapped(mapping, header, ['u', '3/4/2026', '1', 'x'])).toThrow(
    new RowError('the date "3/4/2026" can be 2026-04-03 and 2026-03-04'),
  );
});

describe('mappings that do not fit the file are refused before a row is read', () => {
  test.each([
    [order({ properties: { x: '{nothing}' } }), 'orders.csv has no column "nothing". It has: who, when, sum, note.'],
    [order({ properties: { x: '{sum|money}' } }), 'asks for "money"'],
    [{ ...order(), dateFormat: 'yyyy' }, 'has no month'],
    [{ files: [{ ...order().files[0], join: [{ lookup: 'nowhere', by: 'who' }] }] }, 'joins "nowhere"'],
  ])('%#', (mapping, sentence) => {
    const act = () => mapped(mapping as z.input<typeof mappingSchema>, header, ['u', '2026-01-02', '', '']);
    expect(act).toThrow(MappingError);
    expect(act).toThrow(sentence);
  });

  test('a column that stands twice in the header', () => {
    expect(() => mapped(order(), ['who', 'when', 'who', 'note'], ['u', '2026-01-02', 'v', ''])).toThrow(
      new MappingError(
        'orders.csv has two columns "who", and which of them is meant cannot be told. Rename one in its header.',
      ),
    );
  });

  test('unknown settings are refused', () => {
    expect(mappingSchema.safeParse({ ...order(), filse: [] }).success).toBe(false);
  });
});
