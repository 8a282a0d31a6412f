import { Modal, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { automationUsesQuery } from '../../api/organise.ts';
import { LoadingRows, QueryView } from '../../ui/states.tsx';
import { NamedThings } from '../../ui/named-things.tsx';
import { Uses } from '../../ui/uses.tsx';
import styles from './automations.module.css';

/** What an automation depends on, and what depends on it, each to be opened. */
export function UsesDialog({ id, name, onClose }: { id: string; name: string; onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title={`What “${name}” hangs together with`} size="lg">
      <UsesOfAutomation id={id} />
    </Modal>
  );
}

function UsesOfAutomation({ id }: { id: string }) {
  const query = useQuery(automationUsesQuery(id));
  return (
    <QueryView query={query} loading={<LoadingRows rows={4} height={32} />}>
      {({ names, namedBy }) => (
        <Stack gap="lg">
          <section aria-label="Used by">
            <h3 className={styles.heading}>Used by</h3>
            {namedBy.length === 0 ? (
              <p className={styles.soft}>Nothing in force starts or names it.</p>
            ) : (
              <Uses uses={namedBy} />
            )}
          </section>
          <section aria-label="Uses">
            <h3 className={styles.heading}>Uses</h3>
            {names.length === 0 ? (
              <p className={styles.soft}>It names nothing yet.</p>
            ) : (
              <NamedThings automation={id} names={names} />
            )}
          </section>
        </Stack>
      )}
    </QueryView>
  );
}
