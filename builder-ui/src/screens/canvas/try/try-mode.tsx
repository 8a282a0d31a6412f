import { Alert, Button } from '@mantine/core';
import type { Automation, Scenario } from '@ripen/shared';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { lazy, memo, Suspense, useCallback, useDeferredValue, useMemo, useState } from 'react';
import { useEditorPart } from '../../../canvas/use-editor.ts';
import { Editor } from '../../../document/editor.ts';
import type { DocumentProblem } from '../../../document/problems.ts';
import type { Names } from '../../../fields/names.ts';
import { useNames } from '../../../fields/use-names.ts';
import { count } from '../../../ui/words.ts';
import workbench from '../workbench.module.css';
import { knownContactQuery } from './arrivals-query.ts';
import { ContactEditor } from './contact-editor.tsx';
import { Scenarios } from './scenarios.tsx';
import { ScriptEditor } from './script-editor.tsx';
import { Story } from './story.tsx';
import { TimeBar } from './time-bar.tsx';
import { freshSetup, type Setup, type Trial } from './trial.ts';
import styles from './try.module.css';
import { usePath, useTrial } from './use-trial.ts';

const Canvas = lazy(() => import('../../../canvas/canvas.tsx').then(({ Canvas }) => ({ default: Canvas })));
const route = getRouteApi('/inside/automations/$id');
const none: readonly DocumentProblem[] = [];

/** What is drawn, tried on somebody: nothing is sent and nobody is scored. Everything happens in this browser. */
export default function TryMode({ editor, readOnly }: { editor: Editor; readOnly: boolean }) {
  const document = useEditorPart(editor, ({ history }) => history.present);
  const { contact } = route.useSearch();
  const navigate = useNavigate();
  const names = useNames();
  const [setup, setSetup] = useState<Setup>(() => freshSetup(document, Date.now()));
  const [minutes, setMinutes] = useState(0);
  const known = useQuery({ ...knownContactQuery(contact ?? ''), enabled: contact !== undefined });
  const trial = useTrial(document, setup, contact === undefined ? null : (known.data ?? 'unread'));
  const from = Date.parse(setup.startsAt);
  const at = Math.min(from + minutes * 60_000, trial?.kind === 'lived' ? trial.until : Infinity);
  // The hand comes first: the drawing and the story follow it as soon as they can.
  const followed = useDeferredValue(at);
  const path = usePath(trial, document.id, followed);
  // A drawing of its own: what is chosen while trying is not chosen while drawing.
  const shown = useMemo(() => new Editor(document), [document]);
  const choose = useCallback(
    (id: string | null): void =>
      void navigate({ to: '.', search: (before) => ({ ...before, contact: id ?? undefined }), replace: true }),
    [navigate],
  );
  const change = useCallback((next: Partial<Setup>): void => setSetup((before) => ({ ...before, ...next })), []);
  const who = useMemo(
    () => (contact === undefined ? null : { id: contact, data: known.data, error: known.error }),
    [contact, known.data, known.error],
  );
  const reset = (): void => {
    setSetup(freshSetup(document, Date.now()));
    setMinutes(0);
    choose(null);
  };
  const open = useCallback(
    ({ startsAt, days, contact: made, happens }: Scenario): void => {
      setSetup({ startsAt, days, contact: made, happens });
      setMinutes(0);
      choose(null);
    },
    [choose],
  );
  const save = useCallback(
    (scenarios: Scenario[]): void => editor.do({ kind: 'automation', change: { scenarios } }),
    [editor],
  );
  const changeDays = useCallback((days: number) => change({ days }), [change]);
  return (
    <div className={`${workbench.body} ${styles.body}`}>
      <div className={styles.stage}>
        <div className={styles.canvas}>
          <Suspense>
            <Canvas
              editor={shown}
              names={names}
              problems={none}
              counts={null}
              readOnly
              trail={path.trail}
              taken={path.taken}
              label="The way of the trial"
            />
          </Suspense>
        </div>
        {trial?.kind === 'impossible' && (
          <Alert color="yellow" role="alert" className={styles.why} title="It cannot be tried yet">
            {trial.why}
          </Alert>
        )}
        {trial?.kind === 'lived' && trial.looped && (
          <Alert color="yellow" role="alert" className={styles.why}>
            It goes round in a loop: what is shown ends after {count(trial.session.frames.length, 'happening')}.
          </Alert>
        )}
        <TimeBar
          trial={trial}
          setup={setup}
          names={names}
          minutes={minutes}
          onMinutes={setMinutes}
          onDays={changeDays}
        />
      </div>
      <aside className={`${workbench.right} ${styles.right}`} aria-label="Try it">
        <div className={styles.head}>
          <h2>Try it</h2>
          <Button size="compact-sm" variant="default" onClick={reset}>
            Reset
          </Button>
        </div>
        <div className={styles.scroll}>
          <Settings
            setup={setup}
            trial={trial}
            known={who}
            document={document}
            names={names}
            onChange={change}
            onKnown={choose}
          />
          <Story trial={trial} document={document} names={names} at={followed} />
          <Scenarios
            document={document}
            setup={contact === undefined ? setup : null}
            trial={trial}
            names={names}
            readOnly={readOnly}
            onOpen={open}
            onChange={save}
          />
        </div>
      </aside>
    </div>
  );
}

/** Whom it is tried on and what happens to them: not the slider's matter. */
const Settings = memo(function Settings(given: {
  setup: Setup;
  trial: Trial | null;
  known: Parameters<typeof ContactEditor>[0]['known'];
  document: Automation;
  names: Names;
  onChange: (next: Partial<Setup>) => void;
  onKnown: (id: string | null) => void;
}) {
  const { setup, trial, names, onChange } = given;
  return (
    <>
      <ContactEditor
        value={setup.contact}
        names={names}
        known={given.known}
        onChange={(contact) => onChange({ contact })}
        onKnown={given.onKnown}
      />
      <ScriptEditor
        setup={setup}
        names={names}
        automation={given.document.id}
        refused={trial?.kind === 'lived' ? trial.refused : noRefusals}
        onChange={(happens) => onChange({ happens })}
        onStart={(startsAt) => onChange({ startsAt })}
      />
    </>
  );
});

const noRefusals: ReadonlyMap<number, string> = new Map();
