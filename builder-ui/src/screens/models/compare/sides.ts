import type { DefinitionDetail } from '../../../api/definitions.ts';
import type { Read } from '../../../drafts/index.ts';

/** What stands on one side: a model, and which of its states. */
export interface Picked {
  id: string;
  /** `live`: as published last; `draft`; or a version's number. */
  state: string;
}

/** As an address says it: `intent`, `intent@draft`, `intent@3`. */
export const pickedOf = (text: string | undefined): Picked | null => {
  if (!text) return null;
  const at = text.lastIndexOf('@');
  return at < 0 ? { id: text, state: 'live' } : { id: text.slice(0, at), state: text.slice(at + 1) };
};

export const textOf = ({ id, state }: Picked): string => (state === 'live' ? id : `${id}@${state}`);

/** What stands opposite when nobody said: the draft of the same model where there is one, else another model. */
export const opposite = (
  picked: Picked,
  models: readonly { id: string; version: number | null; draft: unknown }[],
): Picked | null => {
  const own = models.find(({ id }) => id === picked.id);
  if (picked.state === 'live' && own?.draft && own.version !== null) return { id: own.id, state: 'draft' };
  if (picked.state !== 'live' && own?.version != null) return { id: own.id, state: 'live' };
  const other = models.find(({ id }) => id !== picked.id);
  return other ? { id: other.id, state: other.version === null ? 'draft' : 'live' } : null;
};

/** The document of a side; null while there is none, or when it cannot be read. */
export const documentOf = <Sheet>(
  { state }: Picked,
  read: (raw: unknown) => Read<Sheet>,
  detail: DefinitionDetail | undefined,
  versions: readonly { version: number; document: Record<string, unknown> }[] | undefined,
): Sheet | null => {
  const raw =
    state === 'live'
      ? detail?.document
      : state === 'draft'
        ? detail?.draft?.document
        : versions?.find(({ version }) => String(version) === state)?.document;
  const found = raw ? read(raw) : null;
  return found?.kind === 'document' ? found.document : null;
};
