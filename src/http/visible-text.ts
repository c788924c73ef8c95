/** Control characters, and those that change direction or take no room. */
export const invisible =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** Control and direction-changing characters as visible marks, so that a value cannot pretend to be another. */
export const visible = (text: string): string =>
  text.replace(invisible, (character) => `⟨U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`);
