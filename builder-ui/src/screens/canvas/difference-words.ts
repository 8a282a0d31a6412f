import type { GraphNode } from '@ripen/shared';
import type { Difference } from '../../document/difference.ts';
import type { Names } from '../../fields/names.ts';
import { lookOf, summaryOf } from '../../nodes/index.ts';
import { count } from '../../ui/words.ts';

export interface Change {
  what: 'Added' | 'Changed' | 'Removed' | 'Moved';
  title: string;
  detail: string;
}

const settingWords: Record<Difference['settings'][number], string> = {
  name: 'Name',
  description: 'Description',
  triggers: 'What starts it',
  reentry: 'How often a contact may enter',
  whileInside: 'What happens to those inside',
  pagesOnBackfill: 'Whether loaded history notifies people',
  scenarios: 'Its tests',
};

/** What publishing would change, a line for each. */
export const changesOf = (difference: Difference, names: Names): Change[] => {
  const line = (what: Change['what'], node: GraphNode, detail = summaryOf(node, names)): Change => ({
    what,
    title: lookOf(node.type).title,
    detail,
  });
  return [
    ...difference.settings.map((name): Change => ({ what: 'Changed', title: settingWords[name], detail: '' })),
    ...difference.added.map((node) => line('Added', node)),
    ...difference.changed.map(({ before, after }) => {
      const [was, is] = [summaryOf(before, names), summaryOf(after, names)];
      return line('Changed', after, was === is ? is : `${was} → ${is}`);
    }),
    ...difference.removed.map((node) => line('Removed', node)),
    ...(difference.rewired > 0
      ? [
          {
            what: 'Changed' as const,
            title: 'Connections',
            detail: `${count(difference.rewired, 'output leads', 'outputs lead')} elsewhere`,
          },
        ]
      : []),
  ];
};
