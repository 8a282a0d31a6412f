import type { GraphNode, NodeTypeName } from '@ripen/shared';
import type { Icon } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { FieldErrors } from '../fields/errors.ts';
import type { Names } from '../fields/names.ts';

export type Family = 'trigger' | 'condition' | 'points' | 'stage' | 'wait' | 'sales' | 'flow';

type SettingsOf<Type extends NodeTypeName> = Extract<GraphNode, { type: Type }>['settings'];
/** Settings while they are being written: any of them may be missing still. */
export type DraftSettings<Type extends NodeTypeName> = Partial<SettingsOf<Type>>;

export interface PanelProps<Type extends NodeTypeName> {
  settings: DraftSettings<Type>;
  onChange: (settings: DraftSettings<Type>) => void;
  errors: FieldErrors;
  names: Names;
}

/** How one node type looks, what it says of itself in a line, and the form of its settings. Behaviour is shared's. */
export interface NodeView<Type extends NodeTypeName> {
  readonly type: Type;
  readonly family: Family;
  readonly icon: Icon;
  /** One line for the palette: what it is for. */
  readonly about: string;
  /** Words that people may look for, beside title and line. */
  readonly search: string;
  /** Settings of a newly inserted node: valid where the workspace allows. */
  fresh(names: Names): DraftSettings<Type>;
  /** The settings in words, one line. */
  summary(settings: DraftSettings<Type>, names: Names): string;
  /** What stands at an output; left out where the only one is `next`. */
  portLabel?(settings: DraftSettings<Type>, port: string): string;
  /** Left out where there is nothing to set. */
  readonly Panel?: ComponentType<PanelProps<Type>>;
}
