import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ApiProblem, sentenceOf } from '../api/client.ts';
import { useTellTried } from '../fields/patience.ts';
import { sayDone } from '../ui/say.ts';
import { DespiteTests } from './despite-tests.tsx';
import styles from './drafts.module.css';
import type { Draft } from './use-draft.ts';

/** One thing that differs from what is live, as a sentence. */
export interface Change {
  act: 'added' | 'changed' | 'removed';
  what: string;
}

const actWords: Record<Change['act'], string> = { added: 'Added', changed: 'Changed', removed: 'Removed' };

function ChangeList({ changes }: { changes: readonly Change[] }) {
  return (
    <ul className={styles.changes}>
      {changes.map(({ act, what }, index) => (
        <li key={index} data-act={act}>
          <span className={styles.act}>{actWords[act]}</span>
          <span>{what}</span>
        </li>
      ))}
    </ul>
  );
}

const isTest = ({ code }: { code?: string }): boolean => code === 'scenario_failed';

/** Says what would change, and publishes. What prevents it is said here; the draft stays. */
export function PublishDialog({
  draft,
  name,
  changes,
  errors,
  children,
  afterwards,
  onClose,
}: {
  draft: Pick<Draft<object>, 'detail' | 'publish'>;
  name: string;
  changes: readonly Change[];
  /** Sentences that prevent it already. */
  errors: readonly string[];
  children?: ReactNode;
  /** What is to follow once it is published. Its failure is its own to say. */
  afterwards?: () => Promise<void>;
  onClose: () => void;
}) {
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<unknown>(null);
  // Why it is published although tests of automations go another way; null: it is not.
  const [despite, setDespite] = useState<string | null>(null);
  const next = (draft.detail?.version ?? 0) + 1;
  const publish = async (): Promise<void> => {
    setBusy(true);
    setRefused(null);
    try {
      const { version } = await draft.publish(despite === null ? undefined : { despiteTests: despite.trim() });
      sayDone(`Version ${version} of “${name}” is live.`);
      await afterwards?.();
      onClose();
    } catch (error) {
      setRefused(error);
    } finally {
      setBusy(false);
    }
  };
  const problems =
    refused === null
      ? errors
      : refused instanceof ApiProblem && refused.errors.length > 0
        ? refused.errors.map(({ message }) => message)
        : [sentenceOf(refused)];
  useTellTried(problems.length > 0);
  const tests = refused instanceof ApiProblem && refused.errors.length > 0 && refused.errors.every(isTest);
  return (
    <Modal opened onClose={onClose} title={`Publish version ${next} of “${name}”`} size="lg">
      <Stack gap="md">
        {problems.length > 0 && (
          <Alert
            color="tomato"
            role="alert"
            title={tests ? 'Tests of automations that use it go another way' : 'It cannot be published yet'}
            p="sm"
          >
            <Stack gap={4}>
              {problems.map((problem, index) => (
                <Text key={index} size="sm">
                  {problem}
                </Text>
              ))}
            </Stack>
          </Alert>
        )}
        {tests && <DespiteTests reason={despite} onReason={setDespite} />}
        {errors.length > 0 ? null : changes.length > 0 ? (
          <ChangeList changes={changes} />
        ) : (
          <Text c="dimmed">Nothing differs from the version that is live.</Text>
        )}
        {children}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            onClick={() => void publish()}
            loading={busy}
            disabled={errors.length > 0 || (tests && !despite?.trim())}
            data-autofocus
          >
            Publish version {next}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
