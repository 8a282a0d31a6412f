import { nodeTypes, type NodeTypeName } from '@ripen/shared';
import type { Icon } from '@tabler/icons-react';
import { families } from './families.ts';
import type { Family } from './node-view.ts';
import { viewOf } from './registry.ts';

export interface PaletteEntry {
  readonly type: NodeTypeName;
  readonly title: string;
  /** What it is for, in a line. */
  readonly about: string;
  /** Everything that a search looks at, lower case. */
  readonly search: string;
  readonly icon: Icon;
}

export interface PaletteGroup {
  readonly family: Family;
  readonly title: string;
  readonly color: string;
  readonly entries: readonly PaletteEntry[];
}

const order: readonly Family[] = ['condition', 'points', 'stage', 'wait', 'sales', 'flow'];

/** Steps by family, in the palette's order. */
export const paletteGroups: readonly PaletteGroup[] = order.map((family) => ({
  family,
  ...families[family],
  entries: nodeTypes.flatMap(({ type, title }) => {
    const view = viewOf(type);
    if (view?.family !== family) return [];
    const search = `${title} ${families[family].title} ${view.about} ${view.search}`.toLowerCase();
    return [{ type, title, about: view.about, search, icon: view.icon }];
  }),
}));
