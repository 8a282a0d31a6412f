import { Button, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { usesQuery, type CatalogueKind } from '../api/catalogue.ts';
import { LoadingRows, QueryView } from './states.tsx';
import { Uses } from './uses.tsx';

interface Used {
  kind: CatalogueKind;
  id: string;
  name: string;
}

/** What in force names something, each place to be opened. */
export function UsedByDialog({ kind, id, name, onClose }: Used & { onClose: () => void }) {
  const query = useQuery(usesQuery(kind, id));
  return (
    <Modal opened onClose={onClose} title={`What uses “${name}”`}>
      <QueryView query={query} loading={<LoadingRows rows={3} height={28} />}>
        {(uses) => (uses.length === 0 ? <p>Nothing in force uses it.</p> : <Uses uses={uses} />)}
      </QueryView>
    </Modal>
  );
}

/** Shows it when it is pressed. */
export function UsedByButton(given: Used) {
  const [shown, setShown] = useState(false);
  return (
    <>
      <Button
        size="compact-sm"
        variant="subtle"
        color="gray"
        aria-label={`Used by: ${given.name}`}
        onClick={() => setShown(true)}
      >
        Used by
      </Button>
      {shown && <UsedByDialog {...given} onClose={() => setShown(false)} />}
    </>
  );
}
