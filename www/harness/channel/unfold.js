// Reads a list as scripts/channels folds it. A line is a head and its tokens, parted by spaces; _ is a space within
// one, a last dot is .com. A head with * stands for itself with each token in its place, and so does each of its parts
// between |; any other head is the name of the hosts behind it, and alone, of itself.

/** Each host or source of a list, with the name that the list gives it, if it does. */
export const unfold = (list) => list.split("\n").flatMap((line) => entries(...line.split(" ").map(plain)));

function entries(head, ...tokens) {
  if (!head.includes("*")) return (tokens[0] ? tokens : [head]).map((host) => [host, head]);
  return head.split("|").flatMap((part) => tokens.map((token) => [plain(part.replace("*", token))]));
}

const plain = (word) => word.replace(/_/g, " ").replace(/\.$/, ".com");
