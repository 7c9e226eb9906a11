//! Someone who submits without a browser: the same wire types, derivation and sealing, natively.
