import { ChoicePicker } from './choice-picker.tsx';
import type { FieldProps } from './field-props.ts';
import type { ChannelName, GroupName } from './names.ts';
import { useNames } from './use-names.ts';

type PickerProps = FieldProps<string> & { clearable?: boolean };

/** A score model. */
export function ModelPicker(given: PickerProps) {
  return <ChoicePicker what="score model" {...given} choices={useNames().models} />;
}

/** A group of a model. `groups` where the model itself is being edited. */
export function GroupPicker(
  given: PickerProps & { model: string; kind?: GroupName['kind']; groups?: readonly GroupName[] },
) {
  const { models } = useNames();
  const { model, kind, groups, ...field } = given;
  const all = groups ?? models.find(({ id }) => id === model)?.groups ?? [];
  return <ChoicePicker what="group" {...field} choices={kind ? all.filter((group) => group.kind === kind) : all} />;
}

/** A stage of the lifecycle. */
export function StagePicker(given: PickerProps) {
  return <ChoicePicker what="stage" {...given} choices={useNames().stages} />;
}

/** A sales queue. */
export function QueuePicker(given: PickerProps) {
  return <ChoicePicker what="sales queue" {...given} choices={useNames().queues} />;
}

const channelWords: Record<ChannelName['type'], string> = {
  webhook: 'webhook',
  slack: 'Slack',
  email: 'e-mail',
  in_app: 'in Ripen',
};

/** Where notifications go. */
export function ChannelPicker({ only, ...given }: PickerProps & { only?: ChannelName['type'] }) {
  const channels = useNames()
    .channels.filter(({ type }) => only === undefined || type === only)
    .map(({ id, name, type }) => ({ id, name: only === undefined ? `${name} (${channelWords[type]})` : name }));
  return <ChoicePicker what="channel" {...given} choices={channels} />;
}

/** Another automation. */
export function AutomationPicker(given: PickerProps & { without?: string }) {
  const { without, ...field } = given;
  return (
    <ChoicePicker what="automation" {...field} choices={useNames().automations.filter(({ id }) => id !== without)} />
  );
}

/** A segment. `without`: the one that is being edited. */
export function SegmentPicker(given: PickerProps & { without?: string }) {
  const { without, ...field } = given;
  return <ChoicePicker what="segment" {...field} choices={useNames().segments.filter(({ id }) => id !== without)} />;
}

/** A step of the automation at hand. */
export function StepPicker(given: PickerProps & { without?: string }) {
  const { without, ...field } = given;
  return <ChoicePicker what="step" {...field} choices={useNames().nodes.filter(({ id }) => id !== without)} />;
}
