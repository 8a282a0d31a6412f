import { Select } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { DefinitionSummary } from '@ripen/shared';
import type { ReactNode } from 'react';
import { definitionQuery, versionsQuery } from '../../../api/definitions.ts';
import type { Read } from '../../../drafts/index.ts';
import { EmptyState, LoadingRows } from '../../../ui/states.tsx';
import styles from './compare.module.css';
import { documentOf, opposite, pickedOf, textOf, type Picked } from './sides.ts';

/** What stands on a side. */
export interface Shown<Sheet> {
  picked: Picked;
  document: Sheet;
}

/** Which sheets are compared, and how one is read. */
export interface Collection<Sheet> {
  collection: 'models' | 'account-models';
  read: (raw: unknown) => Read<Sheet>;
}

/** Two score sheets, or two states of one, chosen in the address; `children` shows them beside each other. */
export function TwoSides<Sheet>({
  models,
  address,
  onAddress,
  children,
  ...of
}: Collection<Sheet> & {
  models: readonly DefinitionSummary[];
  address: { a?: string | undefined; b?: string | undefined };
  onAddress: (side: 'a' | 'b', text: string) => void;
  children: (left: Shown<Sheet>, right: Shown<Sheet>) => ReactNode;
}) {
  const first = models[0];
  const left =
    pickedOf(address.a) ?? (first ? { id: first.id, state: first.version === null ? 'draft' : 'live' } : null);
  const right = pickedOf(address.b) ?? (left ? opposite(left, models) : null);
  const leftSide = useSide(of, left);
  const rightSide = useSide(of, right);
  if (!left || !right)
    return (
      <EmptyState
        icon={<IconArrowsDiff size={32} stroke={1.5} aria-hidden="true" />}
        title="There is nothing to compare yet"
        acts={<Link to="/models">To the score models</Link>}
      >
        Make a second score model, or change one: then its draft stands beside what is live.
      </EmptyState>
    );
  const pick = (side: 'a' | 'b', picked: Picked): void => onAddress(side, textOf(picked));
  return (
    <>
      <div className={styles.picks}>
        <Pick label="Left" picked={left} models={models} onPick={(picked) => pick('a', picked)} />
        <Pick label="Right" picked={right} models={models} onPick={(picked) => pick('b', picked)} />
      </div>
      {leftSide.missing || rightSide.missing ? (
        <EmptyState title="One side is not there">
          {leftSide.missing ? 'At the left' : 'At the right'} there is nothing of that kind any more: choose another.
        </EmptyState>
      ) : leftSide.document && rightSide.document ? (
        children({ picked: left, document: leftSide.document }, { picked: right, document: rightSide.document })
      ) : (
        <LoadingRows rows={8} />
      )}
    </>
  );
}

const useSide = <Sheet,>(
  { collection, read }: Collection<Sheet>,
  picked: Picked | null,
): { document: Sheet | null; missing: boolean } => {
  const detail = useQuery({ ...definitionQuery(collection, picked?.id ?? ''), enabled: picked !== null });
  const numbered = picked !== null && picked.state !== 'live' && picked.state !== 'draft';
  const versions = useQuery({ ...versionsQuery(collection, picked?.id ?? ''), enabled: numbered });
  const document = picked && documentOf(picked, read, detail.data, versions.data);
  const asked = numbered ? versions : detail;
  return { document, missing: picked !== null && document === null && (asked.isSuccess || asked.isError) };
};

/** Which model, and which of its states. */
function Pick(given: {
  label: string;
  picked: Picked;
  models: readonly DefinitionSummary[];
  onPick: (picked: Picked) => void;
}) {
  const { picked, models } = given;
  const model = models.find(({ id }) => id === picked.id);
  const live = model?.version ?? null;
  const earlier = Array.from({ length: Math.max(0, (live ?? 1) - 1) }, (_, index) => String((live ?? 1) - 1 - index));
  return (
    <div className={styles.pick}>
      <Select
        aria-label={`${given.label}: score model`}
        data={models.map(({ id, name }) => ({ value: id, label: name }))}
        value={picked.id}
        allowDeselect={false}
        onChange={(id) => {
          const next = models.find((each) => each.id === id);
          if (next) given.onPick({ id: next.id, state: next.version === null ? 'draft' : 'live' });
        }}
      />
      <Select
        aria-label={`${given.label}: which of its versions`}
        data={[
          ...(live === null ? [] : [{ value: 'live', label: `Live, version ${live}` }]),
          ...(model?.draft ? [{ value: 'draft', label: 'Draft' }] : []),
          ...earlier.map((version) => ({ value: version, label: `Version ${version}` })),
        ]}
        value={picked.state}
        allowDeselect={false}
        onChange={(state) => state !== null && given.onPick({ id: picked.id, state })}
      />
    </div>
  );
}
