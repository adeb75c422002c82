// The whole run: one process, one pair of servers, one browser. The scenes play in this order, because the first one
// wants a server that nobody has used. Some of them alone: `node --test-name-pattern="theme" browser.test.js`.
import "./scenes/first-steps.js";
import "./scenes/without-script.js";
import "./scenes/lookalikes.js";
import "./scenes/live.js";
import "./scenes/undo.js";
import "./scenes/coordination.js";
import "./scenes/connection.js";
import "./scenes/keyboard.js";
import "./scenes/graph.js";
import "./scenes/appearance.js";
import "./scenes/tokens.js";
import "./scenes/prices.js";
import "./scenes/errors.js";
import "./scenes/hostile.js";
import "./scenes/outsider.js";
import "./scenes/removal.js";
import "./scenes/sign-in-workos.js";
import "./scenes/mcp-oauth.js";
import "./scenes/sign-in-oidc.js";
import "./scenes/widths.js";
import "./scenes/accessibility.js";
import "./scenes/tour.js";
