import { Button } from '@mantine/core';
import { describeDifference, differenceOf, type Automation } from '@ripen/shared';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { automationVersionsQuery, type AutomationVersionDetail } from '../../../api/automations.ts';
import { inFlightQuery } from '../../../api/in-flight.ts';
import { useMay } from '../../../app/signed-in.ts';
import { changeLooks } from '../../../difference/change-looks.ts';
import { wordingOf } from '../../../difference/wording.ts';
import type { Names } from '../../../fields/names.ts';
import { useNames } from '../../../fields/use-names.ts';
import { ErrorState, LoadingRows } from '../../../ui/states.tsx';
import { count } from '../../../ui/words.ts';
import { eachVersion } from '../../../versions/fate.ts';
import { RestoreQuestion } from '../../../versions/restore-question.tsx';
import { VersionRow, VersionRows } from '../../../versions/version-row.tsx';
import { sidesOf, type Side } from './sides.ts';
import styles from './versions.module.css';

/** Changes that a version shows of itself before the rest becomes a number. */
const shownChanges = 3;

/** Every version, the newest first, with what it changed: to look at, to compare, to bring back. */
export default function HistoryMode(given: {
  id: string;
  draft: Automation | null;
  onRestore: (document: Automation, version: number) => void;
  onDiscard: () => void;
}) {
  const { id, draft } = given;
  const mayWrite = useMay('definitions:write');
  const names = useNames();
  const versions = useQuery(automationVersionsQuery(id));
  const inside = useQuery(inFlightQuery(id));
  const [restoring, setRestoring] = useState<Side | null>(null);
  const sides = useMemo(() => sidesOf(id, versions.data ?? [], null), [id, versions.data]);
  if (versions.isError) return <ErrorState error={versions.error} onRetry={() => void versions.refetch()} />;
  if (!versions.data) return <LoadingRows />;
  const each = eachVersion(versions.data);
  const waitingIn = (version: number): number =>
    (inside.data?.items ?? []).reduce((sum, place) => sum + (place.version === version ? place.waiting : 0), 0);
  const restore = (side: Side): void => (draft ? setRestoring(side) : given.onRestore(side.document, Number(side.id)));
  return (
    <div className={styles.history}>
      <h2 className={styles.historyTitle}>History</h2>
      <VersionRows>
        {draft && sides[0] && (
          <VersionRow
            row={null}
            acts={
              <>
                <CompareLink
                  id={id}
                  from={sides[0].id}
                  to="draft"
                  label={`Compare the draft with version ${sides[0].id}`}
                />
                {mayWrite && (
                  <Button size="compact-sm" variant="subtle" color="tomato" onClick={given.onDiscard}>
                    Discard draft
                  </Button>
                )}
              </>
            }
          >
            <Changes before={sides[0].document} after={draft} names={names} />
          </VersionRow>
        )}
        {each.map((row) => (
          <Version
            key={row.version}
            id={id}
            row={row}
            waiting={waitingIn(row.version)}
            side={sides.find((side) => side.id === String(row.version))}
            before={sides.find((side) => Number(side.id) < row.version)}
            names={names}
            {...(mayWrite && { onRestore: restore })}
          />
        ))}
      </VersionRows>
      {restoring && (
        <RestoreQuestion
          version={Number(restoring.id)}
          undoable
          onClose={() => setRestoring(null)}
          onRestore={() => given.onRestore(restoring.document, Number(restoring.id))}
        />
      )}
    </div>
  );
}

function Version(given: {
  id: string;
  row: AutomationVersionDetail;
  waiting: number;
  side: Side | undefined;
  /** The version before it. */
  before: Side | undefined;
  names: Names;
  onRestore?: (side: Side) => void;
}) {
  const { id, row, side, before, onRestore } = given;
  return (
    <VersionRow
      row={row}
      more={
        given.waiting > 0 && (
          <Link
            className={styles.inside}
            to="/runs"
            search={{ automation: id, version: String(row.version), status: 'waiting' }}
          >
            {count(given.waiting, 'contact')} inside
          </Link>
        )
      }
      acts={
        <>
          <Button
            size="compact-sm"
            variant="subtle"
            aria-label={`Show version ${row.version}`}
            renderRoot={(props: object) => (
              <Link {...props} to="/automations/$id" params={{ id }} search={{ version: String(row.version) }} />
            )}
          >
            Show
          </Button>
          {before && (
            <CompareLink
              id={id}
              from={before.id}
              to={String(row.version)}
              label={`Compare version ${row.version} with version ${before.id}`}
            />
          )}
          {onRestore && side && (
            <Button
              size="compact-sm"
              variant="subtle"
              aria-label={`Restore version ${row.version}`}
              onClick={() => onRestore(side)}
            >
              Restore
            </Button>
          )}
        </>
      }
    >
      {side ? (
        <Changes before={before?.document ?? null} after={side.document} names={given.names} />
      ) : (
        'It cannot be read by this version of Ripen.'
      )}
      {row.despite && (
        <div>
          Published although {count(row.despite.failed.length, 'test')} went another way: “{row.despite.reason}”
          {row.despite.by && `, said ${row.despite.by}`}.
        </div>
      )}
    </VersionRow>
  );
}

function CompareLink({ id, from, to, label }: { id: string; from: string; to: string; label: string }) {
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      aria-label={label}
      renderRoot={(props: object) => (
        <Link {...props} to="/automations/$id" params={{ id }} search={{ view: 'compare', from, to }} />
      )}
    >
      Compare
    </Button>
  );
}

/** What a version changed, in a line. */
function Changes({ before, after, names }: { before: Automation | null; after: Automation; names: Names }) {
  const words = useMemo(() => {
    if (!before) return `${count(after.nodes.length, 'step')}, published for the first time`;
    const lines = describeDifference(differenceOf(before, after), { before, after }, wordingOf(names));
    const said = lines.slice(0, shownChanges).map(({ what, title }) => `${changeLooks[what].word}: ${title}`);
    const more = lines.length - said.length;
    return lines.length === 0
      ? 'Nothing differs from the version before'
      : `${said.join(' · ')}${more > 0 ? ` · and ${more} more` : ''}`;
  }, [before, after, names]);
  return words;
}
