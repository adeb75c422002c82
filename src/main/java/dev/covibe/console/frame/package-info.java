/** What every page shares: the frame around it, people and times as they are shown, and how typed text is read. */
package dev.covibe.console.frame;
