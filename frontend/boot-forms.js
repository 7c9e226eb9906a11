// Starts the forms' WebAssembly; `boot.js` imports this file's bundle as /assets/forms.js.

import init from "anju-module";

await init();
