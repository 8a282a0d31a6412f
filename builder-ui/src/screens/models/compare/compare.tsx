import { ActionIcon, Select, Switch } from '@mantine/core';
import { IconArrowLeft, IconArrowsDiff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { DefinitionSummary, ScoreModel } from '@ripen/shared';
import { definitionQuery, definitionsQuery, versionsQuery } from '../../../api/definitions.ts';
import { useNames } from '../../../fields/index.ts';
import { Page } from '../../../ui/page.tsx';
import { EmptyState, LoadingRows, QueryView } from '../../../ui/states.tsx';
import { count } from '../../../ui/words.ts';
import { BandsBeside } from './bands-beside.tsx';
import { comparedRules, comparedSettings } from './compare-models.ts';
import styles from './compare.module.css';
import { RulesBeside } from './rules-beside.tsx';
import { documentOf, opposite, pickedOf, textOf, type Picked } from './sides.ts';

const route = getRouteApi('/inside/models/compare');

/** Two score models, or two states of one, side by side. */
export function CompareScreen() {
  const query = useQuery(definitionsQuery('models'));
  return (
    <Page
      title="Compare score models"
      lead={
        <ActionIcon
          renderRoot={(props) => <Link to="/models" {...props} />}
          variant="subtle"
          aria-label="All score models"
        >
          <IconArrowLeft size={18} />
        </ActionIcon>
      }
    >
      <QueryView query={query} loading={<LoadingRows rows={8} />}>
        {(models) => <Sides models={models.filter(({ status }) => status !== 'archived')} />}
      </QueryView>
    </Page>
  );
}

function Sides({ models }: { models: readonly DefinitionSummary[] }) {
  const { a, b, all } = route.useSearch();
  const navigate = route.useNavigate();
  const first = models[0];
  const left = pickedOf(a) ?? (first ? { id: first.id, state: first.version === null ? 'draft' : 'live' } : null);
  const right = pickedOf(b) ?? (left ? opposite(left, models) : null);
  const leftSide = useSide(left);
  const rightSide = useSide(right);
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
  const pick = (side: 'a' | 'b', picked: Picked): void =>
    void navigate({ search: (before) => ({ ...before, [side]: textOf(picked) }), replace: true });
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
        <Beside
          left={{ picked: left, document: leftSide.document }}
          right={{ picked: right, document: rightSide.document }}
          all={all === 'yes'}
          onAll={(on) => void navigate({ search: (before) => ({ ...before, all: on ? 'yes' : '' }), replace: true })}
        />
      ) : (
        <LoadingRows rows={8} />
      )}
    </>
  );
}

const useSide = (picked: Picked | null): { document: ScoreModel | null; missing: boolean } => {
  const detail = useQuery({ ...definitionQuery('models', picked?.id ?? ''), enabled: picked !== null });
  const numbered = picked !== null && picked.state !== 'live' && picked.state !== 'draft';
  const versions = useQuery({ ...versionsQuery('models', picked?.id ?? ''), enabled: numbered });
  const document = picked && documentOf(picked, detail.data, versions.data);
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

export interface Shown {
  picked: Picked;
  document: ScoreModel;
}

function Beside({
  left,
  right,
  all,
  onAll,
}: {
  left: Shown;
  right: Shown;
  all: boolean;
  onAll: (on: boolean) => void;
}) {
  const names = useNames();
  const rules = comparedRules(left.document, right.document, names);
  const settings = comparedSettings(left.document, right.document, names);
  const differing = rules.filter((pair) => !pair.same);
  const changed = settings.filter((pair) => pair.left !== pair.right);
  return (
    <div className={styles.body}>
      <div className={styles.head}>
        <p className={styles.sum}>
          {differing.length === 0
            ? 'The rules are the same'
            : `${count(differing.length, 'rule differs', 'rules differ')}`}
          {changed.length > 0 && `, ${count(changed.length, 'setting differs', 'settings differ')}`}.
        </p>
        <Switch
          label="Show what is the same too"
          checked={all}
          onChange={(event) => onAll(event.currentTarget.checked)}
        />
      </div>
      <RulesBeside pairs={all ? rules : differing} />
      <BandsBeside left={left} right={right} />
      {(all || changed.length > 0) && (
        <section aria-label="Settings">
          <h2 className={styles.heading}>Settings</h2>
          <table className={styles.table}>
            <thead className="heard">
              <tr>
                <th scope="col">Setting</th>
                <th scope="col">Left</th>
                <th scope="col">Right</th>
              </tr>
            </thead>
            <tbody>
              {(all ? settings : changed).map((pair) => (
                <tr key={pair.label} data-differs={pair.left !== pair.right || undefined}>
                  <th scope="row">{pair.label}</th>
                  <td>{pair.left}</td>
                  <td>{pair.right}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </div>
  );
}
