import { Button, FileInput, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { AutomationSummary, MappedReferences } from '@ripen/shared';
import { useState } from 'react';
import { ApiProblem } from '../../../api/client.ts';
import { mapReferences } from '../../../api/organise.ts';
import styles from '../automations.module.css';
import { MappingStep } from './mapping-step.tsx';
import { readFile, type GivenDocument } from './read-file.ts';

/** What was read, with what of it is not here. */
interface Looked {
  automations: GivenDocument[];
  others: GivenDocument[];
  references: MappedReferences;
}

const look = async (text: string): Promise<Looked> => {
  const read = readFile(text);
  if (read.kind === 'refused') throw new Error(read.why);
  const { automations, others } = read;
  return { automations, others, references: await mapReferences(automations, []) };
};

/** Automations of a file, or pasted: read, fitted to what there is here, and kept as drafts. */
export function ImportDialog(given: { automations: readonly AutomationSummary[]; onClose: () => void }) {
  const [file, setFile] = useState<File | null>(null);
  const [pasted, setPasted] = useState('');
  const looking = useMutation({ mutationFn: async () => look(file ? await file.text() : pasted) });
  const { data } = looking;
  return (
    <Modal opened onClose={given.onClose} title="Import automations" size="lg">
      {data ? (
        <MappingStep {...data} here={given.automations} onBack={looking.reset} onDone={given.onClose} />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            looking.mutate();
          }}
        >
          <Stack gap="md">
            <FileInput
              label="File"
              description="A JSON file that “Download as JSON” or the command “ripen export” wrote."
              placeholder="Choose a file"
              accept=".json,application/json"
              value={file}
              onChange={(chosen) => {
                setFile(chosen);
                looking.reset();
              }}
              clearable
              clearButtonProps={{ 'aria-label': 'Take the file away' }}
              data-autofocus
            />
            <Textarea
              label="Or paste it"
              disabled={file !== null}
              maxRows={8}
              value={pasted}
              onChange={(event) => {
                setPasted(event.currentTarget.value);
                looking.reset();
              }}
              spellCheck={false}
              classNames={{ input: styles.code }}
            />
            {looking.error && <Refusal error={looking.error} />}
            <Group justify="flex-end">
              <Button variant="default" onClick={given.onClose}>
                Cancel
              </Button>
              <Button type="submit" loading={looking.isPending} disabled={!file && pasted.trim() === ''}>
                Read it
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}

/** Why nothing was imported: each flaw where it is. */
function Refusal({ error }: { error: Error }) {
  const flaws = error instanceof ApiProblem ? error.errors : [];
  return (
    <div role="alert">
      <Text c="var(--bad)">
        {flaws.length > 0 ? 'It cannot be read. Nothing was imported.' : `${error.message} Nothing was imported.`}
      </Text>
      {flaws.length > 0 && (
        <ul className={styles.flaws}>
          {flaws.slice(0, 10).map(({ path, message }) => (
            <li key={`${path} ${message}`}>
              <code>{path.replace(/^documents\.\d+\./, '')}</code>: {message}
            </li>
          ))}
          {flaws.length > 10 && <li>and {flaws.length - 10} more</li>}
        </ul>
      )}
    </div>
  );
}
