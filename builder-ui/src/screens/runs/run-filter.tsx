import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { definitionsQuery } from '../../api/definitions.ts';
import { contactQuery } from '../../api/contacts.ts';
import { FilterWord } from '../../ui/filter-word.tsx';
import { exactTime } from '../../ui/words.ts';
import { passingWords, runLooks, spans } from './run-words.ts';
import styles from './runs.module.css';

const route = getRouteApi('/inside/runs');

const sinceWords = (from: string | undefined): string => {
  const at = Date.parse(from ?? '');
  return Number.isNaN(at) ? (from ?? '') : exactTime(at);
};

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
      <FilterWord
        name="Automation"
        value={search.automation ?? ''}
        onChange={(value) =>
          change({
            automation: value || undefined,
            version: undefined,
            node: undefined,
            passed: undefined,
            passing: undefined,
            port: undefined,
            since: undefined,
          })
        }
        options={[
          { value: '', label: 'any automation' },
          ...(automations.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      {search.version && (
        <FilterWord
          name="Version"
          value={search.version}
          onChange={(value) => change({ version: value || undefined })}
          options={[
            { value: '', label: 'any version' },
            { value: search.version, label: `version ${search.version}` },
          ]}
        />
      )}
      <FilterWord
        name="State"
        value={search.status ?? ''}
        onChange={(value) => change({ status: value || undefined })}
        options={[
          { value: '', label: 'in any state' },
          ...Object.entries(runLooks).map(([value, { that }]) => ({ value, label: that })),
        ]}
      />
      {search.node && (
        <FilterWord
          name="Step"
          value={search.node}
          onChange={(value) => change({ node: value || undefined })}
          options={[
            { value: '', label: 'at any step' },
            { value: search.node, label: `at the step ${search.node}` },
          ]}
        />
      )}
      {search.passed && (
        <FilterWord
          name="Passed"
          value={search.passed}
          onChange={(value) =>
            change({ passed: value || undefined, passing: undefined, port: undefined, since: undefined })
          }
          options={[
            { value: '', label: 'wherever they came' },
            {
              value: search.passed,
              label: passingWords(search.passed, search),
            },
          ]}
        />
      )}
      {search.since && (
        <FilterWord
          name="Since"
          value={search.since}
          onChange={(value) => change({ since: value || undefined })}
          options={[
            { value: '', label: 'at any time' },
            { value: search.since, label: `since ${exactTime(Date.parse(search.since))}` },
          ]}
        />
      )}
      {search.contact && (
        <FilterWord
          name="Contact"
          value={search.contact}
          onChange={(value) => change({ contact: value || undefined })}
          options={[
            { value: '', label: 'for anybody' },
            { value: search.contact, label: `for ${contact.data?.name ?? 'one contact'}` },
          ]}
        />
      )}
      <FilterWord
        name="Started"
        value={search.from ?? ''}
        onChange={(value) => change({ from: value || undefined, to: undefined })}
        options={[
          { value: '', label: 'started at any time' },
          ...spans.map(({ value, label }) => ({ value, label: `started ${label}` })),
          ...(custom ? [{ value: search.from ?? '', label: `started since ${sinceWords(search.from)}` }] : []),
        ]}
      />
      {filtered && (
        <Button variant="subtle" color="gray" size="xs" onClick={() => void navigate({ to: '/runs', search: {} })}>
          Show all
        </Button>
      )}
    </div>
  );
}
