import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api } from '../../api/client.ts';
import { idFromName } from '../../api/handoff.ts';
import { NameDialog } from '../../ui/name-dialog.tsx';
import { emptySegment } from './read-segment.ts';

/** Asks for a name; the segment is a draft then. `taken`: ids of all segments that there are or were. */
export function NewSegment({ taken, onClose }: { taken: readonly string[]; onClose: () => void }) {
  const navigate = useNavigate();
  const client = useQueryClient();
  return (
    <NameDialog
      title="New segment"
      act="Make the segment"
      description="What its contacts have in common: customers in Austria, ready to talk, gone silent."
      onClose={onClose}
      make={async (name) => {
        const id = idFromName(name, taken);
        await api.put(`/api/segments/${id}/draft`, { document: emptySegment(id, name), edition: null });
        // Not waited for: segments are counted with it.
        void client.invalidateQueries({ queryKey: ['definitions', 'list'] });
        await navigate({ to: '/segments/$id', params: { id } });
      }}
    />
  );
}
