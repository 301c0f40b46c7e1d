// All tests in one process, over one store: `node --test all.mjs`. Each file can be run by itself too.

import "./pages.mjs";
import "./events.mjs";
import "./article.mjs";
import "./figures.mjs";
import "./changes.mjs";
import "./keyboard.mjs";
import "./plain.mjs";
