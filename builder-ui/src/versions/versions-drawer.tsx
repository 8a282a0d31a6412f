import { Button, Drawer } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { DefinitionCollection } from '@ripen/shared';
import { useState, type ReactElement } from 'react';
import { versionsQuery } from '../api/definitions.ts';
import type { Change, Draft, Read } from '../drafts/index.ts';
import { sayDone } from '../ui/say.ts';
import { QueryView } from '../ui/states.tsx';
import { eachVersion, type VersionDetail } from './fate.ts';
import { RestoreQuestion } from './restore-question.tsx';
import { restoredWords } from './restored-words.ts';
import { VersionRow, VersionRows } from './version-row.tsx';
import styles from './versions.module.css';

/** Changes that a version shows of itself before it is asked for the rest. */
const shownChanges = 3;

interface Given<Document extends object> {
  collection: DefinitionCollection;
  id: string;
  draft: Pick<Draft<Document>, 'state' | 'detail' | 'change'>;
  /** Must be stable. */
  read: (raw: unknown) => Read<Document>;
  /** What one has that the other has not; null: there was none before. */
  differences: (before: Document | null, after: Document) => Change[];
  /** The link to where two of them (`draft`, or a version's number) are compared, where there is such a place. */
  compare?: (from: string, to: string) => (props: object) => ReactElement;
  mayWrite: boolean;
  onClose: () => void;
}

/** Every version of a definition beside its draft, with what it changed: to compare, and to bring back as the draft. */
export function VersionsDrawer<Document extends object>(given: Given<Document>) {
  return (
    <Drawer opened onClose={given.onClose} position="right" size={520} title="Versions">
      <Versions {...given} />
    </Drawer>
  );
}

function Versions<Document extends object>(given: Given<Document>) {
  const { collection, id, draft, differences, compare } = given;
  const query = useQuery(versionsQuery(collection, id));
  const [restoring, setRestoring] = useState<VersionDetail | null>(null);
  const documentOf = (row: VersionDetail | undefined): Document | null => {
    const read = row && given.read(row.document);
    return read?.kind === 'document' ? read.document : null;
  };
  const edited = draft.state.kind === 'open' && draft.detail?.draft ? draft.state.document : null;
  const restore = (row: VersionDetail): void => {
    const document = documentOf(row);
    if (!document) return;
    draft.change(document);
    sayDone(restoredWords(row.version));
    given.onClose();
  };
  return (
    <QueryView query={query}>
      {(rows) => {
        const each = eachVersion(rows);
        const newest = each[0];
        return (
          <>
            <VersionRows>
              {edited && newest && (
                <VersionRow
                  narrow
                  row={null}
                  acts={
                    compare && (
                      <Compare
                        label={`Compare the draft with version ${newest.version}`}
                        link={compare(String(newest.version), 'draft')}
                      />
                    )
                  }
                >
                  <Changes changes={differences(documentOf(newest), edited)} />
                </VersionRow>
              )}
              {each.map((row, index) => {
                const [document, before] = [documentOf(row), each[index + 1]];
                return (
                  <VersionRow
                    key={row.version}
                    narrow
                    row={row}
                    acts={
                      <>
                        {compare && before && document && (
                          <Compare
                            label={`Compare version ${row.version} with version ${before.version}`}
                            link={compare(String(before.version), String(row.version))}
                          />
                        )}
                        {given.mayWrite && document && (index > 0 || edited) && (
                          <Button
                            size="compact-sm"
                            variant="subtle"
                            aria-label={`Restore version ${row.version}`}
                            onClick={() => (edited ? setRestoring(row) : restore(row))}
                          >
                            Restore
                          </Button>
                        )}
                      </>
                    }
                  >
                    {!document ? (
                      'It cannot be read by this version of Ripen.'
                    ) : before ? (
                      <Changes changes={differences(documentOf(before), document)} />
                    ) : (
                      'Published for the first time'
                    )}
                  </VersionRow>
                );
              })}
            </VersionRows>
            {restoring && (
              <RestoreQuestion
                version={restoring.version}
                undoable={false}
                onClose={() => setRestoring(null)}
                onRestore={() => restore(restoring)}
              />
            )}
          </>
        );
      }}
    </QueryView>
  );
}

const Compare = ({ label, link }: { label: string; link: (props: object) => ReactElement }) => (
  <Button size="compact-sm" variant="subtle" aria-label={label} renderRoot={link}>
    Compare
  </Button>
);

function Changes({ changes }: { changes: readonly Change[] }) {
  const [all, setAll] = useState(false);
  if (changes.length === 0) return 'Nothing differs from the version before';
  const shown = all ? changes : changes.slice(0, shownChanges);
  return (
    <>
      <ul className={styles.changes}>
        {shown.map(({ act, what }, index) => (
          <li key={index}>{act === 'changed' ? what : `${act === 'added' ? 'Added' : 'Removed'}: ${what}`}</li>
        ))}
      </ul>
      {shown.length < changes.length && (
        <Button size="compact-xs" variant="subtle" onClick={() => setAll(true)}>
          Show all {changes.length}
        </Button>
      )}
    </>
  );
}
