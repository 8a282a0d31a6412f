import {
  Input,
  InputBase as MantineInputBase,
  MultiSelect as MantineMultiSelect,
  Select as MantineSelect,
  TagsInput as MantineTagsInput,
  Textarea as MantineTextarea,
  TextInput as MantineTextInput,
  type InputBaseProps,
  type InputWrapperProps,
  type MultiSelectProps,
  type Primitive,
  type SelectProps,
  type TagsInputProps,
  type TextareaProps,
  type TextInputProps,
} from '@mantine/core';
import type { ComponentPropsWithRef, ComponentType, FocusEvent, ReactNode } from 'react';
import { usePatience } from './patience.ts';

// Inputs whose errors come from a schema: they call nothing wrong before somebody has left them. See patience.ts.

interface Judged<Element extends HTMLElement> {
  error?: ReactNode;
  value?: unknown;
  onBlur?: (event: FocusEvent<Element>) => void;
}

const patient = <Element extends HTMLElement, Props extends Judged<Element>>(Field: ComponentType<Props>) =>
  function Patient(given: Props) {
    const { error, onBlur } = usePatience(given.error, given.value);
    return (
      <Field
        {...given}
        error={error}
        onBlur={(event: FocusEvent<Element>) => {
          onBlur(event);
          given.onBlur?.(event);
        }}
      />
    );
  };

export const TextInput = patient<HTMLInputElement, TextInputProps>(MantineTextInput);
export const Textarea = patient<HTMLTextAreaElement, TextareaProps>(MantineTextarea);
// Stays as generic in its values as what it wraps.
export const Select = patient<HTMLInputElement, SelectProps>(MantineSelect) as <Value extends Primitive = string>(
  props: SelectProps<Value>,
) => ReactNode;
export const MultiSelect = patient<HTMLInputElement, MultiSelectProps>(MantineMultiSelect);
export const TagsInput = patient<HTMLInputElement, TagsInputProps>(MantineTagsInput);
export const InputBase = patient<HTMLInputElement, InputBaseProps & Omit<ComponentPropsWithRef<'input'>, 'size'>>(
  MantineInputBase,
);

/** Several inputs that say one thing, whose value is not theirs one by one. */
export function InputGroup({ value, ...given }: InputWrapperProps & { value: unknown }) {
  const { error, onBlur } = usePatience(given.error, value);
  return <Input.Wrapper labelElement="div" role="group" {...given} error={error} onBlur={onBlur} />;
}
