import { Button, Text } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useRef, useState, type DragEvent } from 'react';
import { whyNoTextIn } from './file-bytes.ts';
import styles from './import.module.css';
import { OpenLoads } from './open-loads.tsx';

const mostBytes = 1_000_000_000;

/** The file, dropped or chosen; and the imports that were begun and not ended. */
export function ChooseFile({ onFile }: { onFile: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const take = (files: FileList | null): void => {
    const [file, ...more] = files ?? [];
    if (!file) return;
    const wrong = whatIsWrong(file, more.length > 0);
    setError(wrong);
    if (wrong === null)
      void whyNoTextIn(file).then(
        (why) => (why === null ? onFile(file) : setError(`${file.name} ${why}`)),
        () => setError(`${file.name} cannot be read. It may have been moved; choose it again.`),
      );
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  return (
    <>
      <div
        className={styles.drop}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <IconFileUpload size={36} stroke={1.4} aria-hidden="true" />
        <p className={styles.byHand}>Drop a file here, or</p>
        <Button onClick={() => input.current?.click()} data-autofocus>
          Choose a file
        </Button>
        <input
          ref={input}
          className="heard"
          type="file"
          aria-label="File to import"
          tabIndex={-1}
          accept=".csv,.tsv,.txt,.jsonl,.ndjson,.json,text/csv"
          onChange={(event) => {
            take(event.currentTarget.files);
            event.currentTarget.value = '';
          }}
        />
        {error !== null && (
          <Text c="var(--bad)" role="alert">
            {error}
          </Text>
        )}
        <p className={styles.small}>
          CSV with a header row (commas, semicolons or tabs), or JSON lines as the tracking API takes them. Up to 1 GB:
          the file is read piece by piece. Sending a file twice counts nothing twice.
        </p>
      </div>
      <OpenLoads />
      <p className={styles.earlier}>
        <Link to="/settings/$section" params={{ section: 'imports' }}>
          Earlier imports
        </Link>{' '}
        and the rows that they refused
      </p>
    </>
  );
}

const whatIsWrong = (file: File, several: boolean): string | null => {
  if (several) return 'One file at a time: drop them one after the other.';
  if (file.size === 0) return `${file.name} is empty.`;
  if (file.size > mostBytes) return `${file.name} is larger than 1 GB. Split it, or use the command: ripen import.`;
  if (/\.(xlsx?|ods|numbers)$/i.test(file.name))
    return `${file.name} is a spreadsheet. Save it as CSV there, and choose that file.`;
  return null;
};
