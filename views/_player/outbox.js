// What a review sends, and what had not arrived yet.
const AGAIN_AFTER_MS = 1500;
// What may be done twice and leaves the same: in a page opened anew nobody knows whether it still arrived.
const AGAIN_THE_SAME = new Set(['judge', 'unjudge', 'correct', 'comment', 'note']);
const UNSENT_FOR_MS = 600000;

// Actions not yet confirmed go along with each new one: none is lost, and Python takes each number once. They also stay
// in the tab, for a page that is loaded anew before they arrive.
function outbox(send, begun, handedOn) {
  const kept = `${DRAFTS}acts ${begun}`;
  forgetDrafts(`${DRAFTS}acts `, kept);   // those of a review that has ended since
  let pending = handedOn ?? unsent();
  let last = pending.at(-1)?.n ?? 0;
  let again = null;
  function unsent() {
    const stored = JSON.parse(sessionStorage.getItem(kept) ?? '[]');
    return Date.now() - (stored.at(-1)?.n ?? 0) < UNSENT_FOR_MS ? stored : [];
  }
  function keep() {
    const same = pending.filter((one) => AGAIN_THE_SAME.has(one.do));
    if (!same.length) { sessionStorage.removeItem(kept); return; }
    try { sessionStorage.setItem(kept, JSON.stringify(same)); } catch { /* full: it is sent all the same */ }
  }
  return {
    // the last of its kind that waits
    waiting: (kind) => pending.findLast((one) => one.do === kind),
    close() { clearTimeout(again); return pending; },
    push(actions) {
      for (const action of actions) {
        last = Math.max(last + 1, Date.now());
        pending.push({ ...action, n: last, review: begun });
      }
      send(pending); // once: of two messages in one moment only the first may arrive
      keep();
    },
    settled(ack, wait = AGAIN_AFTER_MS) {
      pending = pending.filter((one) => one.n > ack);
      keep();
      clearTimeout(again);
      if (pending.length) again = setTimeout(() => send(pending), wait);
      return pending.length === 0;
    },
  };
}
