/** Text of others, made fit to be shown. */

/** What controls a terminal or a line, and what turns the direction of writing around or cannot be seen. */
const DISTURBING = /[\p{Cc}\p{Cs}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;

/**
 * `text` in one line of at most `most` characters, with `\ufffd` in place of each character that could disturb a terminal or
 * hide other text. For sentences with something that another party wrote, such as the other side's access log.
 */
export function printable(text: string, most = 1_000): string {
  const characters = [...text.replace(DISTURBING, '\ufffd')];
  return characters.length <= most ? characters.join('') : `${characters.slice(0, most - 1).join('')}…`;
}
