import type { Condition } from '@ripen/shared';
import type { ReactNode } from 'react';
import type { FieldErrors } from '../errors.ts';
import type { Scope } from './kinds.ts';

export interface ConditionEditorProps {
  label?: string;
  /** Shown instead of the label, where that must say more to those who hear the form. */
  shownLabel?: string;
  description?: ReactNode;
  value: Condition | undefined;
  onChange: (value: Condition | undefined) => void;
  scope?: Scope;
  /** Whose properties are offered; null or left out: those of any event. */
  event?: string | null;
  required?: boolean;
  /** Says what adding the first one does. */
  addLabel?: string;
  error?: ReactNode;
  errors?: FieldErrors;
}
