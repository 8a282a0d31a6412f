import { IconForms } from '@tabler/icons-react';
import { valueWords } from '../fields/comparison-words.ts';
import { nameIn, pathWords } from '../fields/names.ts';
import type { NodeView } from './node-view.ts';

export const setField: NodeView<'set_field'> = {
  type: 'set_field',
  family: 'stage',
  icon: IconForms,
  about: 'To a value, or to what a score is now',
  search: 'update property attribute write change copy score',
  fresh: () => ({ field: '', to: { kind: 'value', value: '' } }),
  summary: ({ field, to }, names) => {
    if (!field) return 'Choose a field';
    if (to?.kind === 'score') {
      const part = to.part === 'behaviour' ? ' from behaviour' : '';
      return `${pathWords(field)} to the score of ${nameIn(names.models, to.model)}${part}`;
    }
    if (to?.value === null || to?.value === undefined || to.value === '') return `${pathWords(field)} is emptied`;
    return `${pathWords(field)} to ${Array.isArray(to.value) ? to.value.join(', ') : valueWords(to.value)}`;
  },
};
