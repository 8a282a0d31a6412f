/** Fields of the domain that forms of several screens share, and the words in which they say what is in them. */
export { ConditionEditor } from './conditions/condition-editor.tsx';
export type { Scope } from './conditions/kinds.ts';
export { CountingEditor, countingWords } from './counting-editor.tsx';
export { DaysField } from './days-field.tsx';
export { DurationField } from './duration-field.tsx';
export { fieldErrors, noErrors, schemaErrors, type FieldErrors, type PlacedError } from './errors.ts';
export { EventPicker, FieldPicker, LabelPicker, PropertyPicker } from './known-pickers.tsx';
export { nameIn, noNames, pathWords, type Names } from './names.ts';
export { NumberField } from './number-field.tsx';
export {
  AutomationPicker,
  ChannelPicker,
  GroupPicker,
  ModelPicker,
  QueuePicker,
  StagePicker,
  StepPicker,
} from './pickers.tsx';
export { PointsField } from './points-field.tsx';
export { NamesContext, useNames } from './use-names.ts';
export { describeCondition, describeCounting, describeDuration, describeTrigger, eventWords } from './words.ts';
export { daysWords, describeComparison, listWords } from './comparison-words.ts';
