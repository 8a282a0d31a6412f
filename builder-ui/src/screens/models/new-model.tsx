import { useNavigate } from '@tanstack/react-router';
import type { ScoreModel } from '@ripen/shared';
import { NewSheet, type Beginning } from './new-sheet.tsx';
import { emptyModel, readModelFile } from './read-model.ts';
import { starterModel } from './starter.ts';

const beginnings: readonly Beginning<ScoreModel>[] = [
  {
    label: 'A few usual rules',
    description: 'Five rules, two groups and decay, to change into your own.',
    begin: starterModel,
  },
  { label: 'Nothing', description: 'An empty sheet.', begin: emptyModel },
];

/** Asks for a name and how to begin; the model is a draft then. */
export function NewModel({ taken, onClose }: { taken: readonly string[]; onClose: () => void }) {
  const navigate = useNavigate();
  return (
    <NewSheet
      title="New score model"
      collection="models"
      nameHint="What it measures: fit, interest in a product, readiness to renew."
      beginnings={beginnings}
      fileHint="A model that was downloaded as JSON."
      readFile={readModelFile}
      taken={taken}
      onMade={(id) => navigate({ to: '/models/$id', params: { id } })}
      onClose={onClose}
    />
  );
}
