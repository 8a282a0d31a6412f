import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { roundPreviewQuery, runScheduled } from '../../../api/schedules.ts';
import { Foreseen } from '../../../rounds/foreseen.tsx';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { sayDone } from '../../../ui/say.ts';
import { QueryView } from '../../../ui/states.tsx';

/** Says how many contacts would be told to enter, before it begins. */
export function RunNow({ id, name, onClose }: { id: string; name: string; onClose: () => void }) {
  const client = useQueryClient();
  const preview = useQuery(roundPreviewQuery(id));
  const run = useMutation({
    mutationFn: () => runScheduled(id),
    onSuccess: () => {
      onClose();
      sayDone(`Contacts enter “${name}” now.`);
      void client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).split('+').includes('jobs') });
    },
  });
  return (
    <FormDialog
      title={`Run “${name}” now`}
      act="Run now"
      busy={run.isPending}
      disabled={preview.data?.members.count === 0}
      error={run.error}
      onClose={onClose}
      onSubmit={() => run.mutate()}
    >
      <QueryView query={preview}>
        {(found) => (
          <Foreseen found={found}>They are told to enter; the automation’s own rule says who may enter again.</Foreseen>
        )}
      </QueryView>
    </FormDialog>
  );
}
