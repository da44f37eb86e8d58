// Everything works without this file; it only makes some things quicker.
import "./keys.js";
import "./clock.js";
import "./zone.js";
import "./dirty.js";
import "./trouble.js";
import "./replies.js";
import "./strip.js";
