import type { ReactNode } from 'react';

/** What every field of the domain takes: controlled, with its words. Without a label, `aria-label` says what it is. */
export interface FieldProps<Value> {
  label?: ReactNode;
  'aria-label'?: string | undefined;
  description?: ReactNode;
  error?: ReactNode;
  placeholder?: string | undefined;
  disabled?: boolean | undefined;
  size?: 'xs' | 'sm' | undefined;
  value: Value;
  onChange: (value: Value) => void;
}

/** The same without the value: what is handed on to the input. */
export const wordsOf = (given: Omit<FieldProps<unknown>, 'value' | 'onChange'>) => ({
  label: given.label,
  'aria-label': given['aria-label'],
  description: given.description,
  error: given.error,
  placeholder: given.placeholder,
  disabled: given.disabled,
  size: given.size,
});
