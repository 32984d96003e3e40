/**
 * A text of at most `limit` characters; a longer one ends in an ellipsis, so that its reader sees that
 * there was more. Never cut between the two halves of a character, which would leave an unreadable mark.
 */
export function cut(text: string, limit: number): string {
  return text.length > limit ? `${text.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, '')}…` : text;
}
