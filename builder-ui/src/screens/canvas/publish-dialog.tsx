import { Alert, Anchor, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { describeDifference, differenceOf, isSame, type Automation, type PublishChoice } from '@ripen/shared';
import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import { ApiProblem, sentenceOf } from '../../api/client.ts';
import { ChangeList } from '../../difference/change-list.tsx';
import { wordingOf } from '../../difference/wording.ts';
import type { Editor } from '../../document/editor.ts';
import { hasNode } from '../../document/graph.ts';
import type { DocumentProblem } from '../../document/problems.ts';
import type { Names } from '../../fields/names.ts';
import { useTellTried } from '../../fields/patience.ts';
import { sayDone } from '../../ui/say.ts';
import { count } from '../../ui/words.ts';
import { InFlightPicker } from './in-flight.tsx';
import { ProblemList } from './problems-panel.tsx';
import styles from './publish-dialog.module.css';

const BackTestPanel = lazy(() =>
  import('./back-test/back-test.tsx').then(({ BackTestPanel: panel }) => ({ default: panel })),
);
const ScenarioCheck = lazy(() => import('./try/scenario-check.tsx'));

/** What would be live after it, and what stands against it: said before it happens. */
export function PublishDialog(given: {
  editor: Editor;
  names: Names;
  problems: readonly DocumentProblem[];
  /** What is published now. */
  live: Automation | null;
  liveVersion: number | null;
  publish: (inside: PublishChoice, despiteTests: string | undefined) => Promise<{ version: number }>;
  onShow: (node: string) => void;
  onClose: () => void;
}) {
  const { editor, live, liveVersion, problems } = given;
  const navigate = useNavigate();
  const version = (liveVersion ?? 0) + 1;
  const { document } = editor;
  const { lines, same } = useMemo(() => {
    const difference = differenceOf(live, document);
    return {
      lines: describeDifference(difference, { before: live, after: document }, wordingOf(given.names)),
      same: live !== null && isSame(difference),
    };
  }, [live, document, given.names]);
  const errors = problems.filter(({ severity }) => severity === 'error');
  const warnings = problems.filter(({ severity }) => severity === 'warning');
  useTellTried(errors.length > 0);
  const tested = (editor.document.scenarios ?? []).length > 0;
  // Tests that go another way; null until they have run.
  const [red, setRed] = useState<number | null>(null);
  // Why it is published although some do; null: it is not.
  const [despite, setDespite] = useState<string | null>(null);
  const [inside, setInside] = useState<PublishChoice>('finish');
  const act = useMutation({
    mutationFn: () => given.publish(inside, despite?.trim() || undefined),
    onSuccess: ({ version: published }) => {
      given.onClose();
      sayDone(`Version ${published} is live.`);
    },
  });
  const show = (node: string): void => {
    given.onClose();
    given.onShow(node);
  };
  const isGone = (node: string): boolean => !hasNode(document, node);
  // A step that is removed is seen only in the comparison.
  const compare = (): void =>
    void navigate({ to: '/automations/$id', params: { id: document.id }, search: { view: 'compare' } });
  return (
    <Modal opened onClose={given.onClose} title={`Publish version ${version}`} size="lg">
      <Stack gap="md">
        {act.isError && (
          <Alert color="tomato" role="alert" title="It was not published">
            {act.error instanceof ApiProblem && act.error.errors.length > 0 ? (
              <ul className={styles.said}>
                {act.error.errors.map(({ path, message }) => (
                  <li key={`${path} ${message}`}>{message}</li>
                ))}
              </ul>
            ) : (
              sentenceOf(act.error)
            )}
          </Alert>
        )}
        {errors.length > 0 && (
          <section aria-label="Problems">
            <h3 className={styles.sub}>{count(errors.length, 'problem')} to solve first</h3>
            <ProblemList editor={editor} problems={errors} onShow={show} />
          </section>
        )}
        <section aria-label="Changes">
          <h3 className={styles.sub}>
            {live === null
              ? `${count(editor.document.nodes.length, 'step')}, published for the first time`
              : `What changes from version ${liveVersion}`}
          </h3>
          {same && (
            <Text size="sm">Nothing that contacts would notice. Places on the canvas alone do not make a version.</Text>
          )}
          {lines.length > 0 && (
            <div className={styles.changes}>
              <ChangeList lines={lines} onShow={(node) => (isGone(node) ? compare() : show(node))} />
            </div>
          )}
          {live !== null && !same && (
            <Button size="compact-sm" variant="subtle" mt={6} onClick={compare}>
              See it drawn
            </Button>
          )}
        </section>
        {live !== null && errors.length === 0 && (
          <InFlightPicker draft={document} version={version} choice={inside} onChoice={setInside} />
        )}
        {errors.length === 0 && warnings.length > 0 && (
          <section aria-label="Warnings">
            <h3 className={styles.sub}>{count(warnings.length, 'warning')}</h3>
            <ProblemList editor={editor} problems={warnings} onShow={show} />
          </section>
        )}
        {tested && errors.length === 0 && (
          <Suspense>
            <ScenarioCheck
              document={editor.document}
              names={given.names}
              despite={despite}
              onDespite={setDespite}
              onRun={setRed}
              onShow={show}
            />
          </Suspense>
        )}
        {errors.length === 0 && !same && (
          <section aria-label="Back-test">
            <h3 className={styles.sub}>What would have happened</h3>
            <Suspense>
              <BackTestPanel
                document={editor.document}
                names={given.names}
                blocked={false}
                more={({ differ }) =>
                  differ.contacts > 0 && (
                    <Anchor
                      size="sm"
                      renderRoot={(props: object) => (
                        <Link
                          {...props}
                          to="/automations/$id"
                          params={{ id: editor.document.id }}
                          search={{ view: 'back-test' }}
                        />
                      )}
                      onClick={given.onClose}
                    >
                      See who differs and why
                    </Anchor>
                  )
                }
              />
            </Suspense>
          </section>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={given.onClose}>
            Cancel
          </Button>
          <Button
            loading={act.isPending}
            disabled={errors.length > 0 || (tested && red !== 0 && !despite?.trim())}
            onClick={() => act.mutate()}
            data-autofocus
          >
            Publish version {version}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
