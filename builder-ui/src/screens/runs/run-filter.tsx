import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { definitionsQuery } from '../../api/definitions.ts';
import { contactQuery } from '../../api/contacts.ts';
import { runLooks, spans } from './run-words.ts';
import styles from './runs.module.css';

const route = getRouteApi('/inside/runs');

/** The filter, as a sentence. */
export function RunFilterBar() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const automations = useQuery(definitionsQuery('automations'));
  const contact = useQuery({ ...contactQuery(search.contact ?? ''), enabled: search.contact !== undefined });
  const change = (part: Partial<typeof search>): void =>
    void navigate({ to: '/runs', search: (before) => ({ ...before, ...part, run: undefined }) });
  const custom = search.from !== undefined && !spans.some(({ value }) => value === search.from);
  const filtered = Object.entries(search).some(
    ([name, value]) => name !== 'run' && value !== undefined && value !== '',
  );
  return (
    <div className={styles.sentence} role="search" aria-label="Filter runs">
      <span>Runs of</span>
      <Select
        aria-label="Automation"
        className={styles.pick}
        placeholder="any automation"
        data={(automations.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={search.automation ?? null}
        onChange={(value) => change({ automation: value ?? undefined, version: undefined, node: undefined })}
        searchable
        clearable
      />
      {search.version && <span>version {search.version}</span>}
      <span>that are</span>
      <Select
        aria-label="Status"
        className={styles.pick}
        w={140}
        placeholder="in any state"
        data={Object.entries(runLooks).map(([value, { word }]) => ({ value, label: word.toLowerCase() }))}
        value={search.status ?? null}
        onChange={(value) => change({ status: value ?? undefined })}
        clearable
      />
      {search.node && (
        <>
          <span>at the step</span>
          <Button variant="default" size="xs" onClick={() => change({ node: undefined })} aria-label="At any step">
            {search.node} ×
          </Button>
        </>
      )}
      <span>and started</span>
      <Select
        aria-label="Started"
        className={styles.pick}
        w={180}
        placeholder="at any time"
        data={[
          ...spans.map(({ value, label }) => ({ value, label })),
          ...(custom ? [{ value: search.from ?? '', label: `since ${search.from}` }] : []),
        ]}
        value={search.from ?? null}
        onChange={(value) => change({ from: value ?? undefined, to: undefined })}
        clearable
      />
      {search.contact && (
        <>
          <span>for</span>
          <Button
            variant="default"
            size="xs"
            onClick={() => change({ contact: undefined })}
            aria-label="For any contact"
          >
            {contact.data?.name ?? 'one contact'} ×
          </Button>
        </>
      )}
      {filtered && (
        <Button variant="subtle" color="gray" size="xs" onClick={() => void navigate({ to: '/runs', search: {} })}>
          Show all
        </Button>
      )}
    </div>
  );
}
