import { Button, Chip, Group, NumberInput, Textarea, Tooltip } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { LeadDetail } from '@ripen/shared';
import { useState } from 'react';
import { ApiProblem } from '../../api/client.ts';
import { answerLead, leadQuery, type Answer } from '../../api/leads.ts';
import { useCommands } from '../../app/commands.ts';
import { useMay } from '../../app/signed-in.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { sayDone, sayFailed } from '../../ui/say.ts';
import styles from './queue.module.css';

type Asking = 'reject' | 'lost' | 'won' | null;

const usualReasons = {
  reject: ['Not a fit', 'No budget', 'Wrong person', 'Already a customer', 'Cannot be reached'],
  lost: ['Chose somebody else', 'No budget', 'No decision', 'Went quiet'],
} as const;

const done: Record<Answer['outcome'], string> = {
  accept: 'accepted',
  reject: 'rejected',
  won: 'won',
  lost: 'lost',
  release: 'released',
};

/** The answers that a lead can still get. */
export function LeadActs({ lead, onAnswered }: { lead: LeadDetail; onAnswered: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const mayAnswer = useMay('leads:write');
  const [asking, setAsking] = useState<Asking>(null);
  const answer = useMutation({
    mutationFn: (given: Answer) => answerLead(lead.id, given),
    onSuccess: (_, { outcome }) => {
      setAsking(null);
      sayDone(`${lead.contact.name} is ${done[outcome]}.`);
      onAnswered();
    },
    onError: (error) => {
      if (error instanceof ApiProblem && error.status === 409) {
        setAsking(null);
        sayFailed('Somebody was faster', error);
      } else if (asking === null) sayFailed(`${lead.contact.name} could not be answered`, error);
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: leadQuery(lead.id).queryKey });
      void client.invalidateQueries({ queryKey: ['leads', 'list'] });
    },
  });
  const isOpen = lead.status === 'open' && !lead.held;
  const isOver = lead.status !== 'open' && lead.status !== 'accepted';
  useCommands({
    a: mayAnswer && isOpen ? () => answer.mutate({ outcome: 'accept' }) : undefined,
    r: mayAnswer && !isOver && !lead.held ? () => setAsking('reject') : undefined,
    o: () => void navigate({ to: '/contacts/$id', params: { id: lead.contactId } }),
  });
  if (!mayAnswer || isOver) return null;
  return (
    <div className={styles.acts}>
      {lead.held && (
        <Tooltip label="It was made while history was loaded, and nobody was told.">
          <Button loading={answer.isPending} onClick={() => answer.mutate({ outcome: 'release' })}>
            Release to sales
          </Button>
        </Tooltip>
      )}
      {isOpen && (
        <>
          <Button variant="default" rightSection={<Key>R</Key>} onClick={() => setAsking('reject')}>
            Reject
          </Button>
          <Button
            rightSection={<Key>A</Key>}
            loading={answer.isPending && asking === null}
            onClick={() => answer.mutate({ outcome: 'accept' })}
          >
            Accept
          </Button>
        </>
      )}
      {lead.status === 'accepted' && (
        <>
          <Button variant="default" onClick={() => setAsking('lost')}>
            Lost
          </Button>
          <Button onClick={() => setAsking('won')}>Won</Button>
        </>
      )}
      {(asking === 'reject' || asking === 'lost') && (
        <ReasonDialog
          lead={lead}
          outcome={asking}
          busy={answer.isPending}
          error={answer.error}
          onClose={() => setAsking(null)}
          onReason={(reason) => answer.mutate({ outcome: asking, reason })}
        />
      )}
      {asking === 'won' && (
        <WonDialog
          lead={lead}
          busy={answer.isPending}
          error={answer.error}
          onClose={() => setAsking(null)}
          onValue={(value) => answer.mutate({ outcome: 'won', value })}
        />
      )}
    </div>
  );
}

/** The key that does the same, for the eye. */
function Key({ children }: { children: string }) {
  return (
    <kbd className={styles.key} aria-hidden="true">
      {children}
    </kbd>
  );
}

interface DialogProps {
  lead: LeadDetail;
  busy: boolean;
  error: unknown;
  onClose: () => void;
}

function ReasonDialog(given: DialogProps & { outcome: 'reject' | 'lost'; onReason: (reason: string) => void }) {
  const [reason, setReason] = useState('');
  const rejects = given.outcome === 'reject';
  return (
    <FormDialog
      title={rejects ? `Reject ${given.lead.contact.name}` : `${given.lead.contact.name} is lost`}
      act={rejects ? 'Reject' : 'Mark as lost'}
      busy={given.busy}
      disabled={reason.trim() === ''}
      error={given.error}
      onClose={given.onClose}
      onSubmit={() => given.onReason(reason.trim())}
    >
      <Chip.Group value={reason} onChange={(value) => setReason(String(value))}>
        <Group gap={6}>
          {usualReasons[given.outcome].map((usual) => (
            <Chip key={usual} value={usual} size="xs">
              {usual}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      <Textarea
        label="Reason"
        description="Marketing sees it, and learns from it."
        required
        data-autofocus
        maxLength={1_000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  );
}

function WonDialog(given: DialogProps & { onValue: (value: number | null) => void }) {
  const [value, setValue] = useState<number | string>('');
  return (
    <FormDialog
      title={`${given.lead.contact.name} is won`}
      act="Mark as won"
      busy={given.busy}
      error={given.error}
      onClose={given.onClose}
      onSubmit={() => given.onValue(typeof value === 'number' ? value : null)}
    >
      <NumberInput
        label="Value"
        description="What it is worth, if you know it."
        min={0}
        thousandSeparator=","
        data-autofocus
        value={value}
        onChange={setValue}
      />
    </FormDialog>
  );
}
