/** Fields of the domain that forms of several screens share, and the words in which they say what is in them. */
export { ConditionEditor } from './conditions/condition-editor.tsx';
export type { Scope } from './conditions/kinds.ts';
export { CountingEditor } from './counting-editor.tsx';
export { DaysField } from './days-field.tsx';
export { fieldErrors, schemaErrors, type FieldErrors, type PlacedError } from './errors.ts';
export { EventPicker } from './known-pickers.tsx';
export { nameIn, noNames, type Names } from './names.ts';
export { NumberField } from './number-field.tsx';
export { GroupPicker, ModelPicker } from './pickers.tsx';
export { PointsField } from './points-field.tsx';
export { NamesContext, useNames } from './use-names.ts';
export { usualFieldsOf } from './usual-fields.ts';
export { describeCondition, describeCounting, eventWords } from './words.ts';
export { daysWords } from './comparison-words.ts';
