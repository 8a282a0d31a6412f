/** "deadLetters" -> "Dead letters". */
function label(name: string): string {
  const words = name.replaceAll(/([A-Z])/g, ' $1').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** How much there is of everything. */
export function Counts({ counts }: { counts: Readonly<Record<string, number>> | undefined }) {
  const entries = Object.entries(counts ?? {});
  if (entries.length === 0) return null;
  return (
    <section aria-labelledby="counts">
      <h2 id="counts">So far</h2>
      <dl className="rows">
        {entries.map(([name, count]) => (
          <div key={name}>
            <dt>{label(name)}</dt>
            <dd>{count.toLocaleString('en')}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
