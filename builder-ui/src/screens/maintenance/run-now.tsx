import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { MaintenancePreview, MaintenanceProgram } from '@ripen/shared';
import { maintenancePreviewQuery, maintenanceQuery, runMaintenance } from '../../api/maintenance.ts';
import { Foreseen } from '../../rounds/foreseen.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { sayDone } from '../../ui/say.ts';
import { LoadingRows, QueryView } from '../../ui/states.tsx';
import { number } from '../../ui/words.ts';

/** Says how many contacts a run would be about and change, before it begins. */
export function RunNow({ program, onClose }: { program: MaintenanceProgram; onClose: () => void }) {
  const client = useQueryClient();
  const preview = useQuery(maintenancePreviewQuery(program));
  const run = useMutation({
    mutationFn: () => runMaintenance(program.id),
    onSuccess: () => {
      onClose();
      sayDone(`“${program.name}” is running.`);
      void client.invalidateQueries({ queryKey: maintenanceQuery.queryKey });
    },
  });
  return (
    <FormDialog
      title={`Run “${program.name}” now`}
      act="Run now"
      busy={run.isPending}
      error={run.error}
      onClose={onClose}
      onSubmit={() => run.mutate()}
    >
      <QueryView query={preview} loading={<LoadingRows rows={2} />}>
        {(found) => <Foreseen found={found}>{changeWords(found)}</Foreseen>}
      </QueryView>
    </FormDialog>
  );
}

const about = ({ count: many, exact }: MaintenancePreview['members']): string =>
  `${exact ? '' : 'about '}${number(many)}`;

const changeWords = ({ changing }: MaintenancePreview): string =>
  changing.count === 0
    ? 'All of them are as they should be already.'
    : `It would change ${about(changing)} of them; the others are as they should be.`;
