/** What was decided, with a way to take it back. */
export function HistoryPage() {
  return (
    <div className="page">
      <h1>History</h1>
    </div>
  );
}
