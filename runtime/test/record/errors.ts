/** A class of a user's that does not set `name`. */
export class DatabaseError extends Error {}
