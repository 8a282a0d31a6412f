import type { NodeTypeName } from '@ripen/shared';
import type { FieldErrors } from '../fields/errors.ts';
import type { Names } from '../fields/names.ts';
import { viewOf } from './registry.ts';

/** The form of a step's settings by itself, for what does the same outside of a drawing. */
export function SettingsPanel(given: {
  type: NodeTypeName;
  settings: object;
  onChange: (settings: object) => void;
  errors: FieldErrors;
  names: Names;
}) {
  const Panel = viewOf(given.type)?.Panel;
  return (
    Panel && <Panel settings={given.settings} onChange={given.onChange} errors={given.errors} names={given.names} />
  );
}
