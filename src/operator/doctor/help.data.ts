/** What `npm run doctor -- --help` prints. */
export const help = `npm run doctor -- [options]

Looks the configuration over, from its syntax to the identity service and the first query,
and says of each thing that is wrong how to mend it. It changes nothing.
Exit code 0: nothing fails; 1: something does.

  --tenant ID     look at this tenant's consent and licence (may be given several times)
  --device        sign in by device code and run one query with your own rights
  --token         read the registration with the token in GRAPH_TOKEN
                  (used without being asked for when the variable is set)
  --az            read it as whoever is signed in to the Azure CLI
  --admin         read it after a sign-in by device code
  --json          one JSON object instead of lines
  --env-file FILE another file than .env

Each line is ok, warn (works, look at it), FAIL, or skipped (could not be looked at).
`;
