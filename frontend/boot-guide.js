// Starts the guide. `boot.js` imports this by its stable address and has already set the display; the guide must
// not bring that file along: it would wait for itself.

import init from "anju-module";

await init();
