export function ImportDialog({ onClose }: { onClose: () => void }) {
  return <button onClick={onClose}>x</button>;
}
